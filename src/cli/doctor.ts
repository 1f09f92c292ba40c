import type { Command } from 'commander';
import type { Environment } from '../config/load-config.js';
import { diagnose } from '../doctor/diagnose.js';
import { isBroken, renderReport } from '../doctor/render-report.js';

interface DoctorOptions {
  request?: true;
  offline?: true;
  json?: true;
}

/** `latchkey doctor`: says what is wrong with a deployment, and what to do. */
export function addDoctor(program: Command, environment: Environment): void {
  program
    .command('doctor')
    .description(
      'look at the configuration, the providers and the database; exit code 1 when something is broken',
    )
    .option('--request', 'also ask the running service, through PUBLIC_URL, as a browser would')
    .option('--offline', 'do not ask the providers')
    .option('--json', 'write the findings as JSON')
    .action((options: DoctorOptions) => doctor(environment, options));
}

async function doctor(environment: Environment, options: DoctorOptions): Promise<void> {
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
