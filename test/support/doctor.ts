import type { Environment } from '../../src/config/load-config.js';
import { diagnose, type DiagnoseOptions } from '../../src/doctor/diagnose.js';
import type { Finding } from '../../src/doctor/check.js';
import { isBroken } from '../../src/doctor/render-report.js';
import { spawnService } from './service-process.js';

/** The findings about a deployment. */
export interface Diagnosis {
  /** Whether the command would exit with 1. */
  isBroken: boolean;
  findings: Finding[];
  /** All findings as text. */
  text: string;
  /** The findings of one check that are not ok. */
  complaints: (check: string) => Finding[];
}

/** Checks a deployment as `latchkey doctor` does, in this process. */
export async function runDiagnosis(
  environment: Environment,
  options: Partial<DiagnoseOptions> = {},
): Promise<Diagnosis> {
  const findings = await diagnose(environment, { online: true, request: false, ...options });
  return {
    isBroken: isBroken(findings),
    findings,
    text: JSON.stringify(findings),
    complaints: (wanted) =>
      findings.filter(({ check, status }) => check === wanted && status !== 'ok'),
  };
}

/** Runs the compiled `latchkey doctor` in a process of its own. */
export async function runDoctor(
  main: string,
  environment: Environment,
  args: readonly string[] = [],
): Promise<{ code: number | null; output: string }> {
  const set = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const run = spawnService(main, Object.fromEntries(set), ['doctor', ...args]);
  return { code: await run.exited, output: run.output() };
}
