import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { providerIds } from '../common/provider-id.js';
import type { Environment } from '../config/load-config.js';
import type { BroughtBack, LoggedEvent } from '../users/restores.service.js';
import { CommandFailure, USAGE } from './failure.js';
import { confirm, type ConfirmOptions, note, printJson, printLines } from './output.js';
import { withService } from './with-admin.js';

export interface RestoredOptions extends ConfirmOptions {
  log?: string;
  json?: boolean;
}

const userId = z.string();
/** Milliseconds since 1970, or ISO 8601. */
const time = z
  .union([z.number(), z.iso.datetime()])
  .transform((value) => new Date(value).getTime());

const lineSchema = z.union([
  z.object({
    event: z.enum(['user_disabled', 'user_enabled', 'user_deleted']),
    userId,
    time,
  }),
  z.object({
    event: z.literal('identity_unlinked'),
    userId,
    provider: z.enum(providerIds),
    time,
  }),
]);

/**
 * `latchkey restored`: ends what a restored backup brings back, and lists what had been decided since the backup, by the
 * log of the service.
 */
export function restored(environment: Environment, options: RestoredOptions): Promise<void> {
  return withService(
    environment,
    async () => (await import('../users/restores.service.js')).RestoresService,
    async (restores) => {
      const events = options.log === undefined ? [] : await eventsOf(options.log);
      await confirm('End all sessions?', options);
      const endedSessions = await restores.endAll();
      const broughtBack = await restores.broughtBack(events);
      if (options.json === true) return printJson({ endedSessions, ...broughtBack });
      printLines([`Sessions ended: ${endedSessions}.`, ...toDo(broughtBack)]);
      if (options.log === undefined) {
        note('Who was disabled or deleted since the backup, the log knows: add --log FILE.');
      }
    },
  );
}

/** The commands that decide it again. */
function toDo({ disabled, deleted, disconnected }: BroughtBack): string[] {
  const commands = [
    ...disabled.map((id) => `latchkey users disable ${id}`),
    ...deleted.map((id) => `latchkey users delete ${id}`),
    ...disconnected.map((each) => `latchkey users disconnect ${each.userId} ${each.provider}`),
  ];
  return commands.length === 0
    ? []
    : ['Decided since the backup, and to be done again:', ...commands];
}

/** The events of a log file; `-` for standard input. What stands before a line's JSON is another program's. */
async function eventsOf(file: string): Promise<LoggedEvent[]> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const events: LoggedEvent[] = [];
  try {
    for await (const line of createInterface({ input })) {
      const event = eventIn(line);
      if (event !== null) events.push(event);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CommandFailure(`${file} could not be read (${code}).`, USAGE);
  }
  return events;
}

function eventIn(line: string): LoggedEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(line.slice(Math.max(0, line.indexOf('{'))));
  } catch {
    return null;
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return null;
  const { time: at, ...event } = parsed.data;
  return { ...event, at };
}
