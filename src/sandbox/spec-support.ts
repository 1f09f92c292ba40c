import * as z from 'zod';
import { type Sandbox, type SandboxProvider, startSandbox } from './sandbox.js';

/** For the specs: a sandbox on a free port, and a person without a browser. */
export const clients = {
  google: {
    clientId: '1234.apps.googleusercontent.com',
    clientSecret: 'GOCSPX-sandbox+/=: secret',
    redirectUri: 'http://localhost:3000/auth/google/callback',
  },
  twitter: {
    clientId: 'xvz1evFS4wEEPTGEFPHBog',
    clientSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
    redirectUri: 'http://127.0.0.1:3000/auth/twitter/callback',
  },
  facebook: {
    clientId: '123456789012345',
    clientSecret: '0123456789abcdef0123456789abcdef',
    redirectUri: 'http://localhost:3000/auth/facebook/callback',
  },
} satisfies Record<SandboxProvider, object>;

/** A sandbox on a free port with these clients registered. The spec closes it. */
export function startForSpec(): Promise<Sandbox> {
  return startSandbox({ host: '127.0.0.1', port: 0, clients });
}

const pageSchema = z.object({ request: z.string(), action: z.string() });

type Decision = Record<string, string | boolean | null>;

/** Opens the authorize URL, answers it, and returns where the person is sent. */
export async function consent(authorizeUrl: string, decision: Decision = {}): Promise<URL> {
  const asked = await fetch(authorizeUrl, { headers: { accept: 'application/json' } });
  const page = pageSchema.parse(await asked.json());
  const answer = await fetch(new URL(page.action, authorizeUrl), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      request: page.request,
      decision: 'allow',
      ...('subject' in decision || 'name' in decision ? {} : { person: 'ada' }),
      ...decision,
    }),
  });
  if (answer.status !== 303) throw new Error(`${answer.status}: ${await answer.text()}`);
  return new URL(answer.headers.get('location') ?? '');
}

/** Sets query parameters; one that is undefined is left out. */
export function withQuery(url: string, query: Record<string, string | undefined>): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) target.searchParams.set(name, value);
  }
  return target.href;
}

/**
 * The body of an answer that has to be a JSON object.
 * @throws ZodError when it is something else
 */
export async function jsonOf(answer: Response): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(await answer.json());
}
