#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { note, outputFailed } from './cli/output.js';
import { createProgram } from './cli/program.js';
import { exitCodeOf, reasonOf } from './cli/reason.js';

// The one place that reads the environment; everything else is handed its configuration.
if (existsSync('.env')) process.loadEnvFile('.env');

process.stdout.on('error', outputFailed);

// Node ends with 0 when nothing is left to wait for, also when what a command waited for never came.
const stranded = () => {
  note('The command ended before it was done: what it waited for never answered.');
  process.exit(1);
};
process.once('beforeExit', stranded);

createProgram(process.env)
  .parseAsync()
  .then(() => process.off('beforeExit', stranded))
  .catch((error: unknown) => {
    const reason = reasonOf(error);
    if (reason !== '') process.stderr.write(`${reason}\n`);
    process.exit(exitCodeOf(error));
  });
