import { parseJson } from '../../common/parse-json.js';
import type { Config } from '../../config/config.js';
import { enabledProviders } from '../../config/providers.js';
import { providersSchema } from '../../auth/auth.schema.js';
import type { Reply } from '../ask.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

/** Judges the answer to `GET PUBLIC_URL/auth/providers`: whether what runs there has this configuration. */
export function judgeProviderList(
  { publicUrl, providers }: Pick<Config, 'publicUrl' | 'providers'>,
  reply: Reply,
): Judgement {
  const again =
    'Run this with the environment of the service, and restart the service after changes.';
  if (reply.kind === 'answered' && reply.status === 429) {
    return warning(
      'The service has had too many requests from the address that it sees (429): what runs there was not looked at.',
      'Wait a minute, and run this again. Where people get rate_limited, too, see below what is said of TRUST_PROXY.',
    );
  }
  const listed =
    reply.kind === 'answered' && reply.status === 200
      ? providersSchema.safeParse(parseJson(reply.body)).data
      : undefined;
  if (listed === undefined) {
    const status = reply.kind === 'answered' ? ` (${reply.status})` : '';
    return broken(
      `${publicUrl.href}/auth/providers does not list the providers${status}.`,
      'Let the proxy pass every path under PUBLIC_URL on unchanged, the prefix included.',
    );
  }
  const running = listed.map(({ id }) => id).join(', ') || 'none';
  const expected = enabledProviders(providers).join(', ') || 'none';
  if (running !== expected) {
    return broken(
      `The service that runs has different providers on: ${running}, not ${expected}.`,
      again,
    );
  }
  const elsewhere = listed.find(({ startUrl }) => !startUrl.startsWith(`${publicUrl.href}/auth/`));
  if (elsewhere !== undefined) {
    return broken(
      `The service that runs has a different PUBLIC_URL: ${new URL(elsewhere.startUrl).origin}.`,
      again,
    );
  }
  return ok(`The service that runs has the same providers on: ${running}.`);
}
