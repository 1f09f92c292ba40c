import { placeOf } from '../config/handover-targets.js';
import type { HandoversTable } from '../database/schema.js';
import { providers } from '../providers/registry.js';
import type { User } from '../users/user.schema.js';
import { messages } from './messages.js';
import type { Views } from './renderer.js';

/** The question whether a sign-in is to be handed over: to whom, and as whom. */
export function handoverQuestion(
  { id, target, provider }: Pick<HandoversTable, 'id' | 'target' | 'provider'>,
  { displayName, email }: Pick<User, 'displayName' | 'email'>,
): Omit<Views['handover'], 'action'> {
  const place = placeOf(target);
  const { title, site, app, program } = messages.handover;
  const others = target.startsWith('http://') ? program(place) : app(place);
  return {
    id,
    title: title(place),
    who: target.startsWith('https://') ? site(place) : others,
    user: { displayName, email },
    provider: providers[provider].label,
  };
}
