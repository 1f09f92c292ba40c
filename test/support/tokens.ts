import { expect } from '@jest/globals';
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import type { Browser } from './browser.js';
import { namesOf, sessionAmong } from './cookies.js';
import type { Latchkey } from './latchkey.js';
import { raw, type RawAnswer } from './raw.js';

type Service = Pick<Latchkey, 'url'> & Partial<Pick<Latchkey, 'environment'>>;

/** Asks for a token, as a page of the service's own origin does, or with the headers of another. */
export async function askForToken(
  service: Service,
  browser: Browser,
  body?: object | string,
  headers: Record<string, string> = ownPage(service),
): Promise<RawAnswer> {
  const cookie = sessionAmong(await browser.cookies());
  const { session } = namesOf(service);
  return raw(`${service.environment?.['PUBLIC_URL'] ?? service.url}/auth/token`, {
    method: 'POST',
    headers: {
      ...(cookie !== undefined && { Cookie: `${session}=${cookie}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** The headers of a script on the service's own origin. */
export function ownPage({ url, environment }: Service): Record<string, string> {
  const { origin } = new URL(environment?.['PUBLIC_URL'] ?? url);
  return { 'Sec-Fetch-Site': 'same-origin', Origin: origin };
}

/** A token that has to be given. */
export async function tokenOf(
  service: Service,
  browser: Browser,
  body?: object,
  headers?: Record<string, string>,
): Promise<string> {
  const { status, text } = await askForToken(service, browser, body, headers);
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return (JSON.parse(text) as { accessToken: string }).accessToken;
}

/** The keys that a service publishes. */
export async function keySetOf({ url, environment }: Service): Promise<JSONWebKeySet> {
  const { text } = await raw(`${environment?.['PUBLIC_URL'] ?? url}/.well-known/jwks.json`);
  return JSON.parse(text) as JSONWebKeySet;
}

/** The claims of a token, verified as docs/frontends.md has it. */
export async function verified(
  service: Service,
  token: string,
  audience: string,
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, createLocalJWKSet(await keySetOf(service)), {
    issuer: service.environment?.['PUBLIC_URL'] ?? service.url,
    audience,
    typ: 'at+jwt',
    algorithms: ['ES256'],
  });
  return payload;
}
