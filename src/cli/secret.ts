import { newSecret } from '../config/kept-secret.js';
import { type OutputOptions, printJson, printLines } from './output.js';

/** `latchkey secret`: prints a new secret, for SESSION_SECRET. It is kept nowhere. */
export function printSecret({ json }: OutputOptions): void {
  const secret = newSecret();
  if (json === true) printJson({ secret });
  else printLines([secret]);
}
