#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// Before anything else is loaded: an older Node would stop at the first thing that it does not know.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Latchkey needs Node 20.19 or newer, and this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}

// V8 lets a heap grow by the memory that a machine has. The live heap is about 40 MB; by default it would grow to 200.
setFlagsFromString('--heap-growing-percent=40');

// The one place that reads the environment; everything else is handed its configuration.
const { addEnvFile, EnvFileError } = await import('./config/env-file.js');
try {
  addEnvFile('.env', process.env);
} catch (error) {
  if (!(error instanceof EnvFileError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const { run } = await import('./cli/run.js');
await run(process.env);
