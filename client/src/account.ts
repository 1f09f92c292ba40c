import { LatchkeyError } from './errors.js';
import { queryOf, send } from './request.js';
import type { SessionStore } from './session-store.js';
import { confirmFirst, type Intent, takeIntent } from './step-up.js';
import type { CurrentSession, ProviderId, SignInStart } from './types.js';

/** Where the browser is redirected afterwards, and what comes back in the query. */
export interface Destinations {
  /** By default the page that is open. It may be relative to it. */
  readonly returnTo?: string | undefined;
  /** The page that a failure redirects to, for `readError`; by default the page that is open. */
  readonly errorTo?: string | undefined;
  /** Comes back to `returnTo` and `errorTo`: at most 256 characters. */
  readonly state?: string | undefined;
}

/** What each action takes and gives. Any of them may have to wait for a confirmation at a provider. */
interface Actions {
  link: [{ provider: ProviderId } & Destinations, void];
  unlink: [{ provider: ProviderId }, void];
  confirmPendingLink: [undefined, void];
  endSession: [{ id: string }, void];
  endOtherSessions: [undefined, void];
  exportData: [undefined, Blob];
  deleteAccount: [undefined, void];
}

export type ActionName = keyof Actions;

/** What was done after the person had confirmed who they are. */
export type Resumed = {
  [Name in ActionName]: {
    readonly action: Name;
    readonly argument: Actions[Name][0];
    readonly result: Actions[Name][1];
  };
}[ActionName];

export const NOBODY: CurrentSession = {
  user: null,
  session: null,
  newIdentities: [],
  pendingLink: null,
};

const WHO: ReadonlySet<string> = new Set(['unauthenticated', 'session_changed']);

type Query = Parameters<typeof queryOf>[0];

/** Whether the person is to confirm who they are, and can. */
function asksToConfirm(error: unknown): error is LatchkeyError & { reauthUrl: string } {
  return (
    error instanceof LatchkeyError && error.code === 'reauth_required' && error.reauthUrl !== null
  );
}

/**
 * What a signed-in person does with their account.
 *
 * @param base where the service is
 */
export function accountActions(base: string, store: SessionStore) {
  const request = async (method: string, path: string, query: Query) => {
    try {
      return await send(base + path + queryOf(query), { method, credentials: 'include' });
    } catch (error) {
      // The page shows a user whose session has ended.
      if (error instanceof LatchkeyError && WHO.has(error.code)) store.readAgain();
      throw error;
    }
  };

  const change = async (...of: Parameters<typeof request>) => {
    await request(...of);
    await store.changed();
  };

  const run: {
    [Name in ActionName]: (
      user: string | undefined,
      argument: Actions[Name][0],
    ) => Promise<Actions[Name][1]>;
  } = {
    async link(user, { provider, ...destinations }) {
      const query = { user, ...destinations };
      const started = await request('POST', `/auth/${provider}/link`, query);
      location.assign(((await started.json()) as SignInStart).url);
    },
    unlink: (user, { provider }) => change('DELETE', `/users/me/identities/${provider}`, { user }),
    confirmPendingLink: (user) => change('POST', '/auth/pending-link', { user }),
    endSession: (user, { id }) => change('DELETE', `/users/me/sessions/${id}`, { user }),
    endOtherSessions: (user) => change('DELETE', '/users/me/sessions', { user }),
    exportData: async (user) => (await request('POST', '/users/me/export', { user })).blob(),
    async deleteAccount(user) {
      await request('DELETE', '/users/me', { user });
      await store.changed(NOBODY);
    },
  };

  /** Does it, in the name of whom this page shows. */
  async function act<Name extends ActionName>(
    action: Name,
    argument: Actions[Name][0],
  ): Promise<Actions[Name][1]> {
    const user = (store.known() ?? (await store.read())).user?.id;
    try {
      return await run[action](user, argument);
    } catch (error) {
      if (asksToConfirm(error)) return confirmFirst(error, { action, argument, user });
      throw error;
    }
  }

  /** Retries what the step-up interrupted, once: if it is refused again, it rejects instead of redirecting. */
  async function resume(): Promise<Resumed | null> {
    const intent = takeIntent() as Intent<ActionName> | null;
    if (intent === null) return null;
    const { action, argument, user } = intent;
    const result = await run[action](user, argument as never);
    return { action, argument, result } as Resumed;
  }

  return { act, request, change, resume };
}
