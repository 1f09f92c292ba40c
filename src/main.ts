#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createProgram } from './cli/program.js';
import { reasonOf } from './cli/reason.js';

// The one place that reads the environment; everything else is handed its configuration.
if (existsSync('.env')) process.loadEnvFile('.env');

createProgram(process.env)
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exit(1);
  });
