import 'server-only';
import { createLatchkeyNext } from '@latchkey/client/next';
import { createLatchkeyServer } from '@latchkey/client/server';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`Set ${name}: README.md has it.`);
  return value;
}

export const appUrl = setting('ORIGIN');

export const latchkey = createLatchkeyServer({
  baseUrl: setting('LATCHKEY_URL'),
  internalUrl: process.env['LATCHKEY_INTERNAL_URL'],
  serviceKey: setting('LATCHKEY_SERVICE_KEY'),
});

const next = createLatchkeyNext(latchkey, {
  appUrl,
  headers,
  redirect,
  clientAddressHeader: process.env['CLIENT_ADDRESS_HEADER'],
});

/** Who is signed in; null for nobody. Asked once for each page, and never kept. */
export const getSession = cache(next.getSession);

/** The same, for pages that are for people who are signed in: sends anybody else to sign in, and back. */
export const requireSession = next.requireSession;
