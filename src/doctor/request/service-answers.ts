import { providersSchema } from '../../auth/auth.schema.js';
import { explainNetworkFailure } from '../../common/http/network-failure.js';
import { parseJson } from '../../common/parse-json.js';
import type { Config, PublicUrl } from '../../config/config.js';
import { enabledProviders } from '../../config/providers.js';
import { broken, ok, type Result, warning } from '../check.js';
import { headerOf, type HttpResponse, type Reply } from '../http.js';

const PASS_ON = 'Let the proxy pass every path under PUBLIC_URL on unchanged, the prefix included.';

/** Checks that `GET PUBLIC_URL/health/live` is answered by this service, and not redirected. */
export function checkLive({ href }: PublicUrl, reply: Reply): Result {
  if (reply.kind === 'failed') {
    const { seen, action } = explainNetworkFailure(reply.error);
    return broken(
      `PUBLIC_URL ${seen}.`,
      `${action} The service has to run while this asks it, and ${href} has to lead to it from here as well.`,
    );
  }
  const { status } = reply;
  if (status >= 300 && status < 400) {
    const to = withoutQuery(headerOf(reply, 'location'), href);
    return broken(
      `${href}/health/live is redirected (${status}) to ${to}: callbacks would be, too.`,
      'Set PUBLIC_URL to the address that is redirected to, or take the redirect out of the proxy.',
    );
  }
  if (!isFromService(reply)) {
    return [502, 503, 504].includes(status)
      ? broken(
          `The proxy at PUBLIC_URL answers ${status}: it does not reach the service.`,
          'Check that the service runs, and where the proxy passes requests on to.',
        )
      : broken(
          `Something other than Latchkey answers at ${href}/health/live (${status}).`,
          PASS_ON,
        );
  }
  return status === 200
    ? ok(`${href} leads to the service.`)
    : broken(`The service at ${href} answers ${status} to /health/live.`, PASS_ON);
}

/** Whether a response has the service's JSON and request id. */
function isFromService(response: HttpResponse): boolean {
  const body = objectIn(response);
  return headerOf(response, 'x-request-id') !== null && ('status' in body || 'code' in body);
}

/** The JSON object of a response; empty where there is none. */
function objectIn({ body }: HttpResponse): { code?: unknown } {
  const parsed = parseJson(body);
  return typeof parsed === 'object' && parsed !== null ? parsed : {};
}

function withoutQuery(location: string | null, base: string): string {
  if (location === null || !URL.canParse(location, base)) return 'nowhere';
  const { origin, pathname } = new URL(location, base);
  return origin + pathname;
}

/** Checks by `GET PUBLIC_URL/auth/providers` that the running service has this configuration. */
export function checkProviderList(
  { publicUrl, providers }: Pick<Config, 'publicUrl' | 'providers'>,
  reply: Reply,
): Result {
  if (reply.kind === 'answered' && reply.status === 429) {
    return warning(
      'The service has had too many requests from the address that it sees (429): what runs there was not checked.',
      'Wait a minute, and run this again. Where people get rate_limited, too, look for a warning of TRUST_PROXY in the service’s log.',
    );
  }
  const listed =
    reply.kind === 'answered' && reply.status === 200
      ? providersSchema.safeParse(parseJson(reply.body)).data
      : undefined;
  if (listed === undefined) {
    return broken(
      `${publicUrl.href}/auth/providers does not list the providers (${statusOf(reply)}).`,
      PASS_ON,
    );
  }
  const restart =
    'Run this with the environment of the service, and restart the service after changes.';
  const running = listed.map(({ id }) => id).join(', ') || 'none';
  const expected = enabledProviders(providers).join(', ') || 'none';
  if (running !== expected) {
    return broken(
      `The service that runs has different providers on: ${running}, not ${expected}.`,
      restart,
    );
  }
  const elsewhere = listed.find(({ startUrl }) => !startUrl.startsWith(`${publicUrl.href}/auth/`));
  if (elsewhere !== undefined) {
    return broken(
      `The service that runs has a different PUBLIC_URL: ${new URL(elsewhere.startUrl).origin}.`,
      restart,
    );
  }
  return ok(`The service that runs has the same providers on: ${running}.`);
}

/** The headers that show a cross-site request, one at a time. */
export const crossSiteHeaders = [
  { name: 'Sec-Fetch-Site', headers: { 'sec-fetch-site': 'cross-site' } },
  { name: 'Origin', headers: { origin: 'https://another-site.invalid' } },
] as const;

/**
 * Checks that a cross-site `POST /auth/logout` is refused, which takes the header. It has no cookie: nobody is signed out.
 *
 * @param header the one that showed it
 */
export function checkCrossSite(header: string, reply: Reply): Result {
  if (reply.kind === 'answered' && reply.status === 403 && objectIn(reply).code === 'csrf_failed') {
    return ok(`${header} arrives: requests by other sites are refused.`);
  }
  if (reply.kind === 'answered' && reply.status < 400) {
    return broken(
      `${header} does not arrive at the service: requests by other sites are let through (${reply.status}).`,
      `Let the proxy pass the ${header} header on.`,
    );
  }
  return warning(
    `It could not be seen whether ${header} arrives at the service (${statusOf(reply)}).`,
    'Run this again; if it stays so, let the proxy pass POST requests on.',
  );
}

function statusOf(reply: Reply): string {
  return reply.kind === 'answered' ? String(reply.status) : 'no answer';
}
