import type { Environment } from '../config/load-config.js';
import { diagnose } from '../doctor/diagnose.js';
import { isBroken, renderReport } from '../doctor/render-report.js';
import { jsonDocument, outputFailed, type OutputOptions } from './output.js';

/** The options of `latchkey doctor`. */
export interface DoctorOptions extends OutputOptions {
  /** Also asks the running service, through PUBLIC_URL. */
  request?: boolean;
  /** Asks no provider. */
  offline?: boolean;
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
      ? jsonDocument({ broken: code === 1, findings })
      : renderReport(findings, { colour: process.stdout.isTTY && noColour === '' });
  // A connection that a check has given up on must not keep the process.
  process.stdout.write(text, (failed) => {
    if (failed) outputFailed(failed);
    process.exit(process.exitCode ?? code);
  });
}
