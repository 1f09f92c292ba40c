import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { addList } from './list.js';
import { addRevoke } from './revoke.js';

/** `latchkey sessions …`: where people are signed in. */
export function addSessions(program: Command, environment: Environment): void {
  const sessions = program.command('sessions').description('list and end people’s sessions');
  addList(sessions, environment);
  addRevoke(sessions, environment);
}
