#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createProgram } from './cli/program.js';
import { exitCodeOf, reasonOf } from './cli/reason.js';

// The one place that reads the environment; everything else is handed its configuration.
if (existsSync('.env')) process.loadEnvFile('.env');

createProgram(process.env)
  .parseAsync()
  .catch((error: unknown) => {
    const reason = reasonOf(error);
    if (reason !== '') process.stderr.write(`${reason}\n`);
    process.exit(exitCodeOf(error));
  });
