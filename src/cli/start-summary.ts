import type { AddressInfo } from 'node:net';
import { callbackUrl, enabledProviders, usesSandbox } from '../config/providers.js';
import type { Config } from '../config/config.js';
import { warningsOf } from '../config/warnings.js';
import { databasePlace } from '../database/database-place.js';
import { accentChanges } from '../pages/accent-changes.js';

/** One line of the log: `text` is what people read, `fields` are for machines. */
export interface SummaryLine {
  level: 'log' | 'warn';
  text: string;
  fields?: Readonly<Record<string, string | boolean>>;
}

/**
 * What the service says when it has started: where it is, what it runs with, the redirect URI to register for each
 * provider, and what may not be meant. No line holds a secret.
 *
 * @param listens where it does, which may not be where it is found
 */
export function startSummary(config: Config, listens: AddressInfo): SummaryLine[] {
  const { publicUrl } = config;
  const url = `${publicUrl.href}${config.pages ? '/' : '/auth/providers'}`;
  const address = addressOf(listens);
  const on = enabledProviders(config.providers);
  return [
    {
      level: 'log',
      text: `Latchkey is ready: ${url} (it listens on ${address})`,
      fields: {
        event: 'service_ready',
        listens: address,
        database: databaseOf(config),
        trustProxy: String(config.trustProxy),
        sandbox: config.sandbox !== null,
      },
    },
    {
      level: 'log',
      text: `Providers: ${on.join(', ') || 'none (set the keys of one, see .env.example)'}`,
    },
    ...(config.secretFile === null
      ? []
      : [
          {
            level: 'log' as const,
            text: `SESSION_SECRET is not set: a random one is kept in ${config.secretFile}`,
          },
        ]),
    ...accentLine(config),
    ...on
      .filter((id) => !usesSandbox(config, id))
      .map((provider) => ({
        level: 'log' as const,
        text: `Redirect URI to register with ${provider}: ${callbackUrl(publicUrl, provider)}`,
        fields: { event: 'redirect_uri', provider },
      })),
    ...warningsOf(config).map(({ message, action }) => ({
      level: 'warn' as const,
      text: `${message} ${action}`,
    })),
  ];
}

/** What the pages have made of a colour that cannot be seen everywhere. */
function accentLine({ brand: { accent } }: Config): SummaryLine[] {
  if (accent === null) return [];
  const text = `APP_ACCENT is ${accent}. So that it can be seen, the pages use ${accentChanges(accent)}`;
  return [{ level: 'log', text, fields: { event: 'accent_corrected' } }];
}

function addressOf({ family, address, port }: AddressInfo): string {
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The database by its kind and place; a connection string may hold a password. */
function databaseOf({ database }: Config): string {
  return database.kind === 'file'
    ? `file ${database.file}`
    : `postgres ${databasePlace(database.url)}`;
}
