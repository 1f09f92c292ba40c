import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { addDelete } from './delete.js';
import { addDisable } from './disable.js';
import { addEnable } from './enable.js';
import { addExport } from './export.js';
import { addFind } from './find.js';
import { addShow } from './show.js';

/** `latchkey users …`: people's accounts. */
export function addUsers(program: Command, environment: Environment): void {
  const users = program.command('users').description('find, show and change people’s accounts');
  addFind(users, environment);
  addShow(users, environment);
  addDisable(users, environment);
  addEnable(users, environment);
  addDelete(users, environment);
  addExport(users, environment);
}
