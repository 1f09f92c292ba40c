import type { Environment } from '../config/load-config.js';
import { diagnose } from '../doctor/diagnose.js';
import { isBroken, renderReport } from '../doctor/render-report.js';

export interface DoctorOptions {
  request?: true;
  offline?: true;
  json?: true;
}

/**
 * `latchkey doctor`: says what is wrong with a deployment, and what to do. Ends the process, with code 1 when something
 * is broken.
 */
export async function doctor(environment: Environment, options: DoctorOptions): Promise<void> {
  const findings = await diagnose(environment, {
    online: options.offline !== true,
    request: options.request === true,
  });
  const code = isBroken(findings) ? 1 : 0;
  const noColour = environment['NO_COLOR'] ?? '';
  const text =
    options.json === true
      ? `${JSON.stringify({ broken: code === 1, findings }, null, 2)}\n`
      : renderReport(findings, { colour: process.stdout.isTTY && noColour === '' });
  // A connection that a check has given up on must not keep the process.
  process.stdout.write(text, () => process.exit(code));
}
