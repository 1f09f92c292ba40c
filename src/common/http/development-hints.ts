import type { Request, RequestHandler } from 'express';
import type { Origins } from '../origins.js';
import { providerIds } from '../provider-id.js';
import type { ReturnToRefusal } from '../return-to.js';
import { isLoopback } from '../url.js';
import { parameterOf } from './parameter.js';

interface Setting {
  publicUrl: { href: string; origin: string; prefix: string };
  allowedOrigins: readonly string[];
  /** Those of `allowedOrigins`, and whatever else is allowed. */
  origins: Origins;
  /** Whether pages of a hand-over target have it: they ask without a cookie. */
  isTarget: (origin: string) => boolean;
}

/** What is not as its author means it, and the line that makes it so. Whatever a client sends is shown as an origin only. */
interface Hint {
  trap: string;
  text: string;
}

/** What other services call `returnTo` and `errorTo`, without capitals and underscores. */
const OTHER_NAMES = {
  returnTo: new Set(
    ['', 'path', 'uri', 'url', 'to']
      .flatMap((end) => ['redirect', 'return', 'callback', 'next'].map((start) => start + end))
      .concat('continue', 'continueurl'),
  ),
  errorTo: new Set(
    ['path', 'uri', 'url', 'to', 'redirect', 'callback', 'callbackurl', 'redirecturl'].flatMap(
      (end) => ['error', 'failure'].map((start) => start + end),
    ),
  ),
} as const;

const PROVIDER = `(?:${providerIds.join('|')})`;

/** Where `returnTo` is read: our pages and their forms, a start, a link, a step-up, signing out, and a pending link. */
const READS_RETURN_TO = new RegExp(
  `^/(?:account(?:/.*)?|auth/(?:logout|pending-link|${PROVIDER}(?:/link|/reauthenticate)?)/?)?$`,
);

/** And where `errorTo` is. */
const READS_ERROR_TO = new RegExp(
  `^/(?:users/me/export|auth/(?:pending-link|${PROVIDER}(?:/link)?))/?$`,
);

const STARTS = new Set(providerIds.map((id) => `/auth/${id}`));

const REASONS: Readonly<Record<Exclude<ReturnToRefusal, 'another origin'>, string>> = {
  'not a URL': 'it is neither a path that begins with one slash nor a whole http(s) address',
  'too long': 'it has more than 2,000 characters, or errorTo beside it has no room left',
  'unsafe characters': 'it has characters that browsers and servers read in different ways',
};

/**
 * Tells a developer, while the sandbox is on, what would otherwise fail without a word, each once. It changes no answer.
 */
export function developmentHints(
  log: { warn(fields: object, text: string): void },
  setting: Setting,
): RequestHandler {
  const told = new Set<string>();
  const tell = (hint: Hint | null) => {
    if (hint === null || told.has(hint.trap)) return;
    told.add(hint.trap);
    log.warn({ event: 'development_hint', trap: hint.trap }, hint.text);
  };
  return (request, response, next) => {
    tell(originHint(request, setting));
    // Later the prefix is taken away.
    const { path } = request;
    // Fields, and what has been dropped, are known once it is answered.
    response.once('close', () => {
      tell(nameHint(request, path, 'returnTo', READS_RETURN_TO, setting));
      tell(nameHint(request, path, 'errorTo', READS_ERROR_TO, setting));
      tell(droppedHint(request, 'returnTo', request.returnToRefused, setting));
      tell(droppedHint(request, 'errorTo', request.errorToRefused, setting));
    });
    next();
  };
}

function originHint({ headers, method, path }: Request, setting: Setting): Hint | null {
  const origin = originIn(headers.origin);
  if (origin === null || origin.origin === setting.publicUrl.origin) return null;
  if (setting.isTarget(origin.origin)) return null;
  if (!setting.origins.has(origin.origin)) {
    return {
      trap: 'origin_not_allowed',
      text: `A page of ${origin.origin} has asked, which is no front end of this service: its scripts get no answer, and its forms are refused. A site that is to have sessions of its own belongs in HANDOVER_TARGETS. If it is a front end of yours, set: ${allowing(origin, setting)}`,
    };
  }
  // A sign-in needs no cookie to begin.
  const isStart = STARTS.has(path.slice(setting.publicUrl.prefix.length));
  const carriesCookie = headers['sec-fetch-mode'] === 'cors' || (method === 'POST' && !isStart);
  if (headers['sec-fetch-site'] !== 'cross-site' || !carriesCookie) return null;
  return { trap: 'another_site', text: anotherSite(origin, setting) };
}

/** Loopback names are sites of their own, and so are schemes: `localhost`, `127.0.0.1`, `app.localhost`. */
function anotherSite(origin: URL, { publicUrl }: Setting): string {
  const own = new URL(publicUrl.origin);
  const [theirPort, ownPort] = [origin, own].map(({ port }) => (port === '' ? '' : `:${port}`));
  const there = `${own.protocol}//${own.hostname}${theirPort}`;
  const here = `${own.protocol}//${origin.hostname}${ownPort}${publicUrl.prefix}`;
  const isMovable = origin.protocol === own.protocol && isLoopback(origin.hostname);
  const open = there === own.origin ? 'under the same host name and scheme' : `at ${there}`;
  return `A page of ${origin.origin} has asked. For a browser that is another site than ${publicUrl.origin}: the session’s cookie does not come with its requests, so nobody seems to be signed in. Open the front end ${open}${isMovable ? `, or set: PUBLIC_URL=${here}` : ''}`;
}

function nameHint(
  request: Request,
  path: string,
  meant: 'returnTo' | 'errorTo',
  readAt: RegExp,
  { publicUrl: { origin, prefix } }: Setting,
): Hint | null {
  const isRead = path.startsWith(prefix) && readAt.test(path.slice(prefix.length) || '/');
  if (!isRead || parameterOf(request, meant) !== undefined) return null;
  const body: unknown = request.body;
  const fields = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  const name = [...Object.keys(request.query), ...fields].find((key) =>
    OTHER_NAMES[meant].has(key.replaceAll(/[_-]/g, '').toLowerCase()),
  );
  if (name === undefined) return null;
  const lost = meant === 'returnTo' ? 'the person does not come back' : 'no failure is told';
  return {
    trap: meant === 'returnTo' ? 'parameter_name' : 'parameter_name: errorTo',
    text: `A request had ${name}, which nothing here reads, so ${lost} there. The name is ${meant}: ${origin}${path}?${meant}=/inbox`,
  };
}

function droppedHint(
  request: Request,
  name: 'returnTo' | 'errorTo',
  refusal: ReturnToRefusal | undefined,
  setting: Setting,
): Hint | null {
  if (refusal === undefined) return null;
  const trap = `${name}: ${refusal}`;
  if (refusal !== 'another origin') {
    return {
      trap,
      text: `The ${name} of a request was dropped: ${REASONS[refusal]}. Such as: ?${name}=/inbox`,
    };
  }
  const origin = originIn(parameterOf(request, name));
  const advice =
    origin === null || setting.origins.has(origin.origin)
      ? `Such as: ?${name}=/inbox`
      : `If that is yours, set: ${allowing(origin, setting)}`;
  const where = origin === null ? 'another origin' : origin.origin;
  return {
    trap,
    text: `The ${name} of a request was dropped: it leads to ${where}, which is no front end of this service. ${advice}`,
  };
}

function allowing({ origin }: URL, { allowedOrigins }: Setting): string {
  return `ALLOWED_ORIGINS=${[...allowedOrigins, origin].join(',')}`;
}

/** Where an http(s) address leads, in a browser's spelling; null for anything else. */
function originIn(value: unknown): URL | null {
  if (typeof value !== 'string' || value.length > 2000 || !/^https?:\/\/[^/]/i.test(value))
    return null;
  if (!URL.canParse(value)) return null;
  const { origin } = new URL(value);
  return origin.length <= 300 ? new URL(origin) : null;
}
