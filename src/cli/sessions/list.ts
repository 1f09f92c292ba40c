import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { toSessionSummary } from '../../sessions/to-session-summary.js';
import { UserAdminService } from '../../users/user-admin.service.js';
import { note, type OutputOptions, printJson, printLines, table } from '../output.js';
import { withServices } from '../services.js';

/** `latchkey sessions list`: where a user is signed in. */
export function addList(sessions: Command, environment: Environment): void {
  sessions
    .command('list')
    .description('show where a user is signed in; the last seen comes first')
    .argument('<user-id>')
    .option('--json', 'print one JSON document: an array of sessions')
    .action((id: string, options: OutputOptions) => list(environment, id, options));
}

function list(environment: Environment, userId: string, { json }: OutputOptions): Promise<void> {
  return withServices(environment, async (services) => {
    const rows = await services.get(UserAdminService, { strict: false }).listSessions(userId);
    const shown = rows.map((row) => toSessionSummary(row, null));
    if (json === true) return printJson(shown.map(({ current: _current, ...session }) => session));
    if (shown.length === 0) return note('The user is not signed in anywhere.');
    const lines = shown.map(({ id, provider, lastSeenAt, expiresAt, address, browser, system }) => [
      id,
      provider,
      lastSeenAt,
      expiresAt,
      address ?? '-',
      [browser, system].filter((part) => part !== null).join(' on ') || '-',
    ]);
    printLines(table(['ID', 'PROVIDER', 'LAST SEEN', 'EXPIRES', 'ADDRESS', 'BROWSER'], lines));
  });
}
