// Written from openapi.json by build/client-types.mjs (npm run client:types).
export interface paths {
  '/auth/providers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the providers
     * @description Those that people can sign in with here, in the order of the buttons.
     */
    get: operations['listProviders'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/{provider}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Start signing in
     * @description Navigate here, or ask with `Accept: application/json` for where to navigate. With `prompt=login` of somebody who is signed in it is a step-up.
     */
    get: operations['startSignIn'];
    put?: never;
    /**
     * Start a sign-in for another site or an app
     * @description Submit a form to this, or navigate to `startSignIn` with the same parameters.
     */
    post: operations['startHandover'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/{provider}/link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start connecting another provider
     * @description Submit a form to this, or ask as for a sign-in. An application asks with its token, and the fields of `startHandover`.
     */
    post: operations['connectProvider'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/{provider}/continue': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What an application opens in a browser
     * @description Once, to connect a provider or step up: the `url` of `connectProvider` and `reauthenticateForApp` leads here.
     */
    get: operations['continueForApp'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/{provider}/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where the provider sends the browser back to
     * @description Register it at the provider. What has failed is told at the error URL, and to a client that asks for JSON by its status.
     */
    get: operations['finishSignIn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Say who is signed in
     * @description In this browser, or by this token. It answers 200 also where nobody is.
     */
    get: operations['getSession'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign out
     * @description Of this browser, or of the application whose token it is.
     */
    post: operations['signOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/pending-link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Connect what is pending
     * @description The identity that a refused sign-in (`account_exists`) has left, once its owner has signed in.
     */
    post: operations['confirmPendingLink'];
    /**
     * Drop what is pending
     * @description The identity that a refused sign-in has left is not connected.
     */
    delete: operations['declinePendingLink'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the signed-in user
     * @description With the providers that are connected.
     */
    get: operations['getUser'];
    put?: never;
    post?: never;
    /**
     * Delete the user
     * @description With all that is theirs. It takes a step-up.
     */
    delete: operations['deleteUser'];
    options?: never;
    head?: never;
    /**
     * Set the user’s name or language
     * @description What is left out stays; null takes it back.
     */
    patch: operations['updateUser'];
    trace?: never;
  };
  '/users/me/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Download the user’s data
     * @description All that is held about them. It takes a step-up.
     */
    post: operations['exportUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/identities': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the connected providers
     * @description The accounts at providers that sign the user in.
     */
    get: operations['listIdentities'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/identities/{provider}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Disconnect a provider
     * @description It takes a step-up by another one, which stays.
     */
    delete: operations['disconnectProvider'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/identities/{provider}/acknowledge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say that a new provider has been seen
     * @description It is one of `newIdentities` of `getSession`.
     */
    post: operations['acknowledgeIdentity'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/activity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List what happened to the account
     * @description Newest first, page by page.
     */
    get: operations['listActivity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List where the user is signed in
     * @description Browsers and applications, the most recently used first.
     */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    /**
     * Sign out everywhere else
     * @description Of all other browsers, and of all applications.
     */
    delete: operations['revokeOtherSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Sign out of one browser
     * @description Or application, by the id of its session.
     */
    delete: operations['revokeSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/{provider}/reauthenticate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a step-up of an application’s session
     * @description Open the answer’s `url` in a browser, and hand the code that comes back to `completeForApp`.
     */
    post: operations['reauthenticateForApp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/session/complete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Finish what an application has asked for
     * @description Connects the provider, or steps up: this very session has asked for it, and a browser has brought the code.
     */
    post: operations['completeForApp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/session/exchange': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Exchange a one-time code
     * @description The code of a hand-over, for a session of your own. No cookie is read or set.
     */
    post: operations['exchangeCode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get a token for another service
     * @description A short JWT with which that service knows who is signed in.
     */
    post: operations['issueToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the keys that sign tokens
     * @description By them a service verifies tokens (RFC 7517).
     */
    get: operations['getKeySet'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/oauth-authorization-server': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the issuer of tokens
     * @description Who issues them, and where its keys are (RFC 8414). Where PUBLIC_URL has a path, it is also at the place of §3.1, before that path.
     */
    get: operations['getMetadata'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tell a proxy who is signed in
     * @description Whether somebody is, and who, in headers. A narrowing that is misspelt lets nobody in.
     */
    get: operations['verify'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/introspect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tell a server who is signed in
     * @description In the browser that has sent it this Cookie header. Beside what only browsers send a service key is refused.
     */
    post: operations['introspect'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Is the process alive?
     * @description Whether it answers; nothing else is asked.
     */
    get: operations['getLiveness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Is the service ready?
     * @description Whether it can do its work: the database answers in time, with the schema of this version, and the service is not stopping.
     */
    get: operations['getReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface webhooks {
  signInFailed: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A browser is told of a failure
     * @description What comes to `errorTo` of a start, or else to SIGN_IN_ERROR_URL, after a sign-in, a link or a step-up that has failed.
     */
    get: operations['signInFailed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    Health: {
      /** @enum {string} */
      status: 'ok';
    };
    SessionSummary: {
      /** Format: uuid */
      id: string;
      /** @description Whether it is the browser that asks. */
      current: boolean;
      /**
       * @description Whether a browser has it in a cookie, or an application as a token.
       * @enum {string}
       */
      kind: 'browser' | 'app';
      /** @description Where an application was handed its code. */
      target: string | null;
      provider: components['schemas']['ProviderId'];
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastSeenAt: string;
      /** Format: date-time */
      authenticatedAt: string;
      /** Format: date-time */
      expiresAt: string;
      address: string | null;
      browser: string | null;
      system: string | null;
    };
    /** @enum {string} */
    ProviderId: 'google' | 'twitter' | 'facebook';
    /**
     * @example {
     *       "id": "0199c7d2-7a3c-7c1e-9a0b-3f6f5d2c1b0a",
     *       "displayName": "Ada Lovelace",
     *       "email": "ada@example.com",
     *       "emailVerified": true,
     *       "avatarUrl": "https://lh3.googleusercontent.com/a/ada",
     *       "locale": "en-GB",
     *       "createdAt": "2026-03-14T09:26:53.589Z",
     *       "updatedAt": "2026-05-01T12:00:00.000Z",
     *       "lastSignInAt": "2026-05-01T12:00:00.000Z",
     *       "identities": [
     *         {
     *           "provider": "google",
     *           "subject": "110169484474386276334",
     *           "username": null,
     *           "displayName": "Ada Lovelace",
     *           "email": "ada@example.com",
     *           "emailVerified": true,
     *           "avatarUrl": "https://lh3.googleusercontent.com/a/ada",
     *           "linkedAt": "2026-03-14T09:26:53.589Z",
     *           "lastUsedAt": "2026-05-01T12:00:00.000Z"
     *         }
     *       ]
     *     }
     */
    User: {
      /** Format: uuid */
      id: string;
      displayName: string;
      email: string | null;
      emailVerified: boolean;
      /** Format: uri */
      avatarUrl: string | null;
      /** @description The language that the user has set (BCP 47). */
      locale: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      /** Format: date-time */
      lastSignInAt: string;
      identities: components['schemas']['Identity'][];
    };
    /**
     * @example {
     *       "provider": "google",
     *       "subject": "110169484474386276334",
     *       "username": null,
     *       "displayName": "Ada Lovelace",
     *       "email": "ada@example.com",
     *       "emailVerified": true,
     *       "avatarUrl": "https://lh3.googleusercontent.com/a/ada",
     *       "linkedAt": "2026-03-14T09:26:53.589Z",
     *       "lastUsedAt": "2026-05-01T12:00:00.000Z"
     *     }
     */
    Identity: {
      provider: components['schemas']['ProviderId'];
      subject: string;
      username: string | null;
      displayName: string | null;
      email: string | null;
      emailVerified: boolean;
      /** Format: uri */
      avatarUrl: string | null;
      /** Format: date-time */
      linkedAt: string;
      /** Format: date-time */
      lastUsedAt: string;
    };
    ProfileChanges: {
      /** @description It stays whatever providers say; null for the name that they send. */
      displayName?: string | null;
      /** @description A language tag (BCP 47), which is written as Intl has it; null for none. */
      locale?: string | null;
    };
    Export: {
      /** Format: date-time */
      exportedAt: string;
      user: {
        /** Format: uuid */
        id: string;
        displayName: string;
        email: string | null;
        emailVerified: boolean;
        /** Format: uri */
        avatarUrl: string | null;
        /** @description The language that the user has set (BCP 47). */
        locale: string | null;
        /** Format: date-time */
        createdAt: string;
        /** Format: date-time */
        updatedAt: string;
        /** Format: date-time */
        lastSignInAt: string;
        identities: {
          provider: components['schemas']['ProviderId'];
          subject: string;
          username: string | null;
          displayName: string | null;
          email: string | null;
          emailVerified: boolean;
          /** Format: uri */
          avatarUrl: string | null;
          /** Format: date-time */
          linkedAt: string;
          /** Format: date-time */
          lastUsedAt: string;
          /** @enum {string|null} */
          emailTrust: 'authoritative' | 'verified' | 'claimed' | null;
          issuer: string;
          linkedFrom: {
            address: string | null;
            userAgent: string | null;
            /** @enum {string|null} */
            via: 'pending_link' | 'separate' | 'operator' | null;
          };
          /**
           * Format: date-time
           * @description When it was connected to an account that had another; null once it counts like those before it.
           */
          unsettledSince: string | null;
          /**
           * Format: date-time
           * @description When the person has seen that it was connected.
           */
          acknowledgedAt: string | null;
          /** @description Its address, where that stays a mere claim: the owner has more authority, or the operator took it. */
          contestedEmail: string | null;
        }[];
        /** @enum {string|null} */
        emailTrust: 'authoritative' | 'verified' | 'claimed' | null;
        /** @description The name that they have set, in the place of their providers’. */
        chosenName: string | null;
        primaryProvider: components['schemas']['ProviderId'];
        /**
         * Format: date-time
         * @description Since when they may not sign in.
         */
        disabledAt: string | null;
      };
      sessions: {
        /** Format: uuid */
        id: string;
        /** @description Whether it is the browser that asks. */
        current: boolean;
        /**
         * @description Whether a browser has it in a cookie, or an application as a token.
         * @enum {string}
         */
        kind: 'browser' | 'app';
        /** @description Where an application was handed its code. */
        target: string | null;
        provider: components['schemas']['ProviderId'];
        /** Format: date-time */
        createdAt: string;
        /**
         * Format: date-time
         * @description To the minute.
         */
        lastSeenAt: string;
        /** Format: date-time */
        authenticatedAt: string;
        /** Format: date-time */
        expiresAt: string;
        address: string | null;
        browser: string | null;
        system: string | null;
        userAgent: string | null;
        issuer: string;
        /** @description Where the browser went after signing in. */
        returnTo: string | null;
        proofs: {
          issuer: string;
          subject: string;
          /** Format: date-time */
          firstAt: string;
          /** @enum {string} */
          firstAssurance: 'none' | 'asked' | 'proven';
          /** Format: date-time */
          latestAt: string;
          /** @enum {string} */
          latestAssurance: 'none' | 'asked' | 'proven';
          /** Format: date-time */
          askedAt: string | null;
          /** Format: date-time */
          provenAt: string | null;
        }[];
      }[];
      activity: {
        /** Format: uuid */
        id: string;
        /** Format: date-time */
        at: string;
        /** @enum {string} */
        event:
          | 'sign_in'
          | 'sign_in_refused'
          | 'disabled_sign_in_refused'
          | 'reauthenticated'
          | 'reauthentication_failed'
          | 'sign_out'
          | 'identity_linked'
          | 'link_refused'
          | 'identity_unlinked'
          | 'identity_settled'
          | 'identity_moved'
          | 'address_claimed'
          | 'address_contested'
          | 'address_released'
          | 'session_revoked'
          | 'other_sessions_revoked'
          | 'all_sessions_revoked'
          | 'oldest_sessions_ended'
          | 'profile_changed'
          | 'data_exported'
          | 'user_disabled'
          | 'user_enabled';
        provider: components['schemas']['ProviderId'] | null;
        /** @description The account at the provider, where it is one of the user’s. */
        subject: string | null;
        /**
         * @description How a provider was connected, where not from the account itself.
         * @enum {string|null}
         */
        via: 'pending_link' | 'separate' | 'operator' | null;
        address: string | null;
        browser: string | null;
        system: string | null;
        userAgent: string | null;
      }[];
    };
    ActivityPage: {
      items: components['schemas']['ActivityEntry'][];
      /**
       * Format: uuid
       * @description Send it as `cursor` for what came before; null at the end.
       */
      nextCursor: string | null;
    };
    ActivityEntry: {
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      at: string;
      /** @enum {string} */
      event:
        | 'sign_in'
        | 'sign_in_refused'
        | 'disabled_sign_in_refused'
        | 'reauthenticated'
        | 'reauthentication_failed'
        | 'sign_out'
        | 'identity_linked'
        | 'link_refused'
        | 'identity_unlinked'
        | 'identity_settled'
        | 'identity_moved'
        | 'address_claimed'
        | 'address_contested'
        | 'address_released'
        | 'session_revoked'
        | 'other_sessions_revoked'
        | 'all_sessions_revoked'
        | 'oldest_sessions_ended'
        | 'profile_changed'
        | 'data_exported'
        | 'user_disabled'
        | 'user_enabled';
      provider: components['schemas']['ProviderId'] | null;
      /** @description The account at the provider, where it is one of the user’s. */
      subject: string | null;
      /**
       * @description How a provider was connected, where not from the account itself.
       * @enum {string|null}
       */
      via: 'pending_link' | 'separate' | 'operator' | null;
      address: string | null;
      browser: string | null;
      system: string | null;
    };
    AccessToken: {
      /** @description A JWT (RFC 9068), for `Authorization: Bearer` at the service. */
      accessToken: string;
      /**
       * Format: date-time
       * @description Ask for another one before.
       */
      expiresAt: string;
    };
    KeySet: {
      keys: {
        /** @enum {string} */
        kty: 'EC';
        /** @enum {string} */
        crv: 'P-256';
        x: string;
        y: string;
        kid: string;
        /** @enum {string} */
        alg: 'ES256';
        /** @enum {string} */
        use: 'sig';
      }[];
    };
    IssuerMetadata: {
      /** Format: uri */
      issuer: string;
      /** Format: uri */
      jwks_uri: string;
    };
    Introspection:
      | {
          /** @enum {boolean} */
          active: false;
        }
      | {
          /** @enum {boolean} */
          active: true;
          user: {
            /** Format: uuid */
            id: string;
            displayName: string;
            email: string | null;
            emailVerified: boolean;
            /** Format: uri */
            avatarUrl: string | null;
          };
          session: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            authenticatedAt: string;
            /** Format: date-time */
            expiresAt: string;
            provider: components['schemas']['ProviderId'];
          };
        };
    /**
     * @example {
     *       "user": null,
     *       "session": null,
     *       "newIdentities": [],
     *       "pendingLink": null
     *     }
     */
    CurrentSession: {
      user: components['schemas']['User'] | null;
      session: components['schemas']['Session'] | null;
      /** @description Connected lately, as sessions see it that an older identity has proven. */
      newIdentities: components['schemas']['NewIdentity'][];
      /** @description An identity that waits to be connected, after `account_exists`. */
      pendingLink: components['schemas']['PendingLink'] | null;
    };
    /**
     * @example {
     *       "id": "0199c7d2-8b4d-7d2f-8b1c-4a7a6e3d2c1b",
     *       "createdAt": "2026-05-01T12:00:00.000Z",
     *       "authenticatedAt": "2026-05-01T12:00:00.000Z",
     *       "expiresAt": "2026-05-31T12:00:00.000Z",
     *       "recentUntil": "2026-05-01T12:10:00.000Z",
     *       "steppedUpUntil": null,
     *       "newUser": false,
     *       "provider": "google"
     *     }
     */
    Session: {
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      authenticatedAt: string;
      /** Format: date-time */
      expiresAt: string;
      /**
       * Format: date-time
       * @description Until when providers can be connected; it may have passed.
       */
      recentUntil: string | null;
      /**
       * Format: date-time
       * @description Until when providers can be disconnected, and the account exported or deleted; it may have passed.
       */
      steppedUpUntil: string | null;
      /** @description Whether the sign-in that has begun this session has made the user. */
      newUser: boolean;
      provider: components['schemas']['ProviderId'];
    };
    NewIdentity: {
      provider: components['schemas']['ProviderId'];
      /** Format: date-time */
      linkedAt: string;
      address: string | null;
      browser: string | null;
      system: string | null;
    };
    /**
     * @example {
     *       "provider": "twitter",
     *       "email": "ada@example.com",
     *       "canSeparate": false
     *     }
     */
    PendingLink: {
      provider: components['schemas']['ProviderId'];
      email: string | null;
      /** @description Whether `decision=separate` makes an account of its own of it. */
      canSeparate: boolean;
    };
    SignInStart: {
      /**
       * Format: uri
       * @description At the provider.
       */
      url: string;
    };
    /**
     * @example {
     *       "id": "google",
     *       "label": "Google",
     *       "startUrl": "https://id.acme.test/auth/google"
     *     }
     */
    Provider: {
      id: components['schemas']['ProviderId'];
      label: string;
      /** Format: uri */
      startUrl: string;
    };
    ExchangedSession: {
      /** @description For `Authorization: Bearer`. It is shown this once. */
      sessionToken: string;
      /**
       * Format: date-time
       * @description When the session ends at the latest.
       */
      expiresAt: string;
      user: components['schemas']['User'];
    };
    /**
     * @example {
     *       "type": "about:blank",
     *       "title": "Conflict",
     *       "status": 409,
     *       "code": "last_identity",
     *       "detail": "This is the only way left to sign in. Connect another provider first.",
     *       "requestId": "0199c7d2-7a3c-7c1e-9a0b-3f6f5d2c1b0a"
     *     }
     */
    Problem: {
      /** @constant */
      type: 'about:blank';
      title: string;
      status: number;
      code: components['schemas']['ErrorCode'];
      detail: string;
      requestId: string;
      /** @description With account_exists: the provider to sign in with, where it may be named. */
      signInWith?: components['schemas']['ProviderId'];
      /**
       * Format: uri
       * @description With reauth_required, with identity_too_new where an older provider does, and with rate_limited where other sessions of the user have used up what there is: where to send the browser. Add returnTo to come back.
       */
      reauthUrl?: string;
      /**
       * Format: date-time
       * @description With identity_too_new: from when on it can be done.
       */
      availableFrom?: string;
    };
    /**
     * @description What failed. A code is never renamed; new ones may come.
     * @enum {string}
     */
    ErrorCode:
      | 'invalid_state'
      | 'state_expired'
      | 'provider_mismatch'
      | 'session_changed'
      | 'access_denied'
      | 'login_required'
      | 'invalid_id_token'
      | 'provider_error'
      | 'provider_timeout'
      | 'account_exists'
      | 'account_disabled'
      | 'invalid_grant'
      | 'identity_in_use'
      | 'last_identity'
      | 'reauth_required'
      | 'identity_too_new'
      | 'csrf_failed'
      | 'service_key_in_browser'
      | 'rate_limited'
      | 'store_unavailable'
      | 'not_ready'
      | 'internal_error'
      | 'unauthenticated'
      | 'not_found'
      | 'bad_request'
      | 'misdirected_request'
      | 'payload_too_large'
      | 'unsupported_media_type';
    /**
     * @description The query of the error URL after a failure.
     * @example {
     *       "error": "account_exists",
     *       "provider": "twitter",
     *       "requestId": "0199c7d2-7a3c-7c1e-9a0b-3f6f5d2c1b0a",
     *       "returnTo": "/inbox",
     *       "signInWith": "google"
     *     }
     */
    ErrorRedirect: {
      error: components['schemas']['ErrorCode'];
      provider?: components['schemas']['ProviderId'];
      /** @description To be quoted: the log has all of the request by it. */
      requestId: string;
      /**
       * @description What was meant: connecting a provider, or a step-up; left out for a sign-in.
       * @enum {string}
       */
      purpose?: 'link' | 'reauthenticate';
      /** @description That of the start, for the next try. */
      returnTo?: string;
      /** @description That of the start. */
      state?: string;
      /** @description The provider to sign in with, or to step up with, where it may be named. */
      signInWith?: components['schemas']['ProviderId'];
      /**
       * Format: date-time
       * @description With identity_too_new: from when on it can be done.
       */
      availableFrom?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listProviders: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One entry per configured provider. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Provider'][];
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
    };
  };
  startSignIn: {
    parameters: {
      query?: {
        /** @description A path here, or a URL of an allowed origin. Or a hand-over target, with `code_challenge` and `code_challenge_method=S256`. */
        returnTo?: string;
        /** @description With a hand-over target (RFC 7636). */
        code_challenge?: string;
        /** @description With a hand-over target (RFC 7636). */
        code_challenge_method?: 'S256';
        /** @description `login`, `consent`, `select_account` or `none`, where the provider knows it. With `none` nobody is asked: where that takes a question, it ends in `login_required`. */
        prompt?: string;
        /** @description Who is likely to sign in, where the provider knows it. */
        login_hint?: string;
        /** @description Where a failure is told, instead of SIGN_IN_ERROR_URL; allowed as `returnTo` is. */
        errorTo?: string;
        /** @description Comes back beside the result, whatever that is. */
        state?: string;
      };
      header?: never;
      path: {
        provider: components['schemas']['ProviderId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description For a script of the own or an allowed origin: where to navigate. */
      200: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignInStart'];
        };
      };
      /** @description To the provider, or to the error URL. */
      302: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          /** @description The provider, or where it has led: `returnTo`, with `state`; or the error URL, with `ErrorRedirect`. */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Bad Gateway: `provider_error`. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_error';
          };
        };
      };
      /** @description Service Unavailable: `not_ready`, `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_ready' | 'store_unavailable';
          };
        };
      };
      /** @description Gateway Timeout: `provider_timeout`. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_timeout';
          };
        };
      };
    };
  };
  startHandover: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: components['schemas']['ProviderId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          /** @description One of HANDOVER_TARGETS. */
          returnTo: string;
          /** @description The SHA-256 of your verifier, base64url (RFC 7636). */
          code_challenge: string;
          /** @enum {string} */
          code_challenge_method: 'S256';
          /** @description Comes back with the code. */
          state?: string;
          /** @description As for startSignIn. */
          prompt?: string;
          /** @description As for startSignIn. */
          login_hint?: string;
        };
      };
    };
    responses: {
      /** @description For a script of the own or an allowed origin: where to navigate. */
      200: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignInStart'];
        };
      };
      /** @description To the provider, or to the target with `error` set. */
      303: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          /** @description Where to go. */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Bad Gateway: `provider_error`. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_error';
          };
        };
      };
      /** @description Service Unavailable: `not_ready`, `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_ready' | 'store_unavailable';
          };
        };
      };
      /** @description Gateway Timeout: `provider_timeout`. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_timeout';
          };
        };
      };
    };
  };
  connectProvider: {
    parameters: {
      query?: {
        /** @description Where a form leads: a path here, or a URL of an allowed origin. */
        returnTo?: string;
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
        /** @description Where a failure is told, instead of SIGN_IN_ERROR_URL; allowed as `returnTo` is. */
        errorTo?: string;
        /** @description Comes back beside the result, whatever that is. */
        state?: string;
      };
      header?: never;
      path: {
        provider: components['schemas']['ProviderId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description For a script of the own or an allowed origin: where to navigate. */
      200: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignInStart'];
        };
      };
      /** @description To the provider, or to the error URL. */
      303: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          /** @description The provider, or where it has led: `returnTo`, with `state`; or the error URL, with `ErrorRedirect`. */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `identity_too_new`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'identity_too_new' | 'reauth_required' | 'session_changed';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Bad Gateway: `provider_error`. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_error';
          };
        };
      };
      /** @description Service Unavailable: `not_ready`, `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_ready' | 'store_unavailable';
          };
        };
      };
      /** @description Gateway Timeout: `provider_timeout`. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_timeout';
          };
        };
      };
    };
  };
  continueForApp: {
    parameters: {
      query: {
        /** @description As it was given. */
        ticket: string;
      };
      header?: never;
      path: {
        provider: components['schemas']['ProviderId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description For a script of the own or an allowed origin: where to navigate. */
      200: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignInStart'];
        };
      };
      /** @description To the provider, or to the target with `error` set. */
      302: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          /** @description Where to go. */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Bad Gateway: `provider_error`. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_error';
          };
        };
      };
      /** @description Service Unavailable: `not_ready`, `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_ready' | 'store_unavailable';
          };
        };
      };
      /** @description Gateway Timeout: `provider_timeout`. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_timeout';
          };
        };
      };
    };
  };
  finishSignIn: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: components['schemas']['ProviderId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description To `returnTo`, or to the error URL. */
      302: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          /** @description The provider, or where it has led: `returnTo`, with `state`; or the error URL, with `ErrorRedirect`. */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`, `invalid_state`, `provider_mismatch`, `state_expired`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request' | 'invalid_state' | 'provider_mismatch' | 'state_expired';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `access_denied`, `account_disabled`, `account_exists`, `identity_too_new`, `invalid_id_token`, `login_required`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'access_denied'
              | 'account_disabled'
              | 'account_exists'
              | 'identity_too_new'
              | 'invalid_id_token'
              | 'login_required'
              | 'reauth_required'
              | 'session_changed';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Conflict: `identity_in_use`. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity_in_use';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Bad Gateway: `provider_error`. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_error';
          };
        };
      };
      /** @description Service Unavailable: `not_ready`, `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_ready' | 'store_unavailable';
          };
        };
      };
      /** @description Gateway Timeout: `provider_timeout`. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'provider_timeout';
          };
        };
      };
      /** @description Any failure, to a client that asks for JSON. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Nulls when nobody is signed in. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentSession'];
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `service_key_in_browser`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'service_key_in_browser';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  signOut: {
    parameters: {
      query?: {
        /** @description Where a form leads: a path here, or a URL of an allowed origin. */
        returnTo?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Signed out, or nobody was signed in. */
      204: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The same, for a form: to `returnTo`, or else the sign-in page. */
      303: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          /** @description Where to go. */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  confirmPendingLink: {
    parameters: {
      query?: {
        /** @description `connect`, or `separate` to sign in with it as a new user, where `canSeparate` says so. */
        decision?: 'connect' | 'separate';
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
        /** @description Where a form leads: a path here, or a URL of an allowed origin. */
        returnTo?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is connected, or signed in with. */
      204: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The same, for a form: to `returnTo`, or else the default return address. */
      303: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          /** @description Where to go. */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `account_disabled`, `account_exists`, `csrf_failed`, `identity_too_new`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'account_disabled'
              | 'account_exists'
              | 'csrf_failed'
              | 'identity_too_new'
              | 'reauth_required'
              | 'session_changed';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Conflict: `identity_in_use`. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity_in_use';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  declinePendingLink: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Nothing is pending any more. */
      204: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'session_changed';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  getUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user with their identities. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  deleteUser: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description User, identities, sessions and activity are gone. */
      204: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `identity_too_new`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'identity_too_new' | 'reauth_required' | 'session_changed';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  updateUser: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProfileChanges'];
      };
    };
    responses: {
      /** @description The user as they are now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'session_changed';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  exportUser: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One document. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Export'];
        };
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `identity_too_new`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'identity_too_new' | 'reauth_required' | 'session_changed';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  listIdentities: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The oldest connection first. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Identity'][];
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  disconnectProvider: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path: {
        provider: components['schemas']['ProviderId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Disconnected; other sessions in which it was proven have ended. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `identity_too_new`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'identity_too_new' | 'reauth_required' | 'session_changed';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Conflict: `last_identity`. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'last_identity';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  acknowledgeIdentity: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path: {
        provider: components['schemas']['ProviderId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is not among `newIdentities` any more. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `identity_too_new`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'identity_too_new' | 'reauth_required' | 'session_changed';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  listActivity: {
    parameters: {
      query?: {
        /** @description 1 to 100, by default 20. */
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityPage'];
        };
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The sessions, the most recently used first. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionSummary'][];
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  revokeOtherSessions: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Only the session that asked is left. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'reauth_required' | 'session_changed';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  revokeSession: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session has ended; its next request is answered 401. */
      204: {
        headers: {
          /** @description The cookies of the session, HttpOnly: a script neither reads nor sends them itself. */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'reauth_required' | 'session_changed';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  reauthenticateForApp: {
    parameters: {
      query?: {
        /** @description The id of the user that this is meant for: for anybody else it is `session_changed`, and nothing is done. */
        user?: string;
      };
      header?: never;
      path: {
        provider: components['schemas']['ProviderId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description One of HANDOVER_TARGETS. */
          returnTo: string;
          /** @description The SHA-256 of your verifier, base64url (RFC 7636). */
          code_challenge: string;
          /** @enum {string} */
          code_challenge_method: 'S256';
          /** @description Comes back with the code. */
          state?: string;
        };
      };
    };
    responses: {
      /** @description What to open in a browser, once. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignInStart'];
        };
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'session_changed';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  completeForApp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          code: string;
          /** @description Of which `code_challenge` is the SHA-256 (RFC 7636). */
          codeVerifier: string;
        };
      };
    };
    responses: {
      /** @description It has taken effect. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`, `invalid_grant`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request' | 'invalid_grant';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `account_disabled`, `csrf_failed`, `identity_too_new`, `reauth_required`, `session_changed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'account_disabled'
              | 'csrf_failed'
              | 'identity_too_new'
              | 'reauth_required'
              | 'session_changed';
          };
        };
      };
      /** @description Conflict: `identity_in_use`. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'identity_in_use';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  exchangeCode: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          code: string;
          /** @description Of which `code_challenge` is the SHA-256 (RFC 7636). */
          codeVerifier: string;
          /** @description The `returnTo` that the hand-over began with. */
          target: string;
        };
      };
    };
    responses: {
      /** @description The session, as a bearer token. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExchangedSession'];
        };
      };
      /** @description Bad Request: `bad_request`, `invalid_grant`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request' | 'invalid_grant';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  issueToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description The service that the token is for, of TOKEN_AUDIENCES; not needed where there is one. */
          audience?: string;
        };
      };
    };
    responses: {
      /** @description The token. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccessToken'];
        };
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `service_key_in_browser`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'service_key_in_browser';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  getKeySet: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The next key is among them a day before it signs. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeySet'];
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  getMetadata: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The issuer, as tokens have it. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuerMetadata'];
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
    };
  };
  verify: {
    parameters: {
      query?: {
        /** @description A navigation that nobody is signed in for goes to sign-in, and back. */
        redirect?: '1';
        /** @description An identity of this provider has proven the session. */
        provider?: components['schemas']['ProviderId'];
        /** @description An identity that is authoritative for addresses of this domain has proven the session, within a day unless max_age says otherwise. */
        domain?: string;
        /** @description The user’s address is verified. */
        verified?: '1';
        /** @description How old such a proof may be, in seconds. */
        max_age?: string;
        /** @description With a service key: the service of TOKEN_AUDIENCES for which X-Latchkey-Token is to have a token. */
        token?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Somebody is, and meets what was asked for. Values are UTF-8, with `%` and what is not printable ASCII percent-encoded. */
      200: {
        headers: {
          /** @description The user’s id. */
          'X-Latchkey-User'?: string;
          /** @description Their name. */
          'X-Latchkey-Name'?: string;
          /** @description Empty unless verified. */
          'X-Latchkey-Email'?: string;
          /** @description `true` or `false`. */
          'X-Latchkey-Email-Verified'?: string;
          /** @description The provider of the session. */
          'X-Latchkey-Provider'?: string;
          /** @description With `token`: a JWT for that service. */
          'X-Latchkey-Token'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description With `redirect=1`, of a navigation that nobody is signed in for: to sign-in. */
      302: {
        headers: {
          /** @description Where to go. */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `access_denied`, `service_key_in_browser`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'access_denied' | 'service_key_in_browser';
          };
        };
      };
      /** @description Not Found: `not_found`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_found';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  introspect: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description The browser’s whole Cookie header. */
          cookie: string;
        };
      };
    };
    responses: {
      /** @description Whether somebody is signed in in that browser, and who. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Introspection'];
        };
      };
      /** @description Bad Request: `bad_request`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'bad_request';
          };
        };
      };
      /** @description Unauthorized: `unauthenticated`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description Forbidden: `csrf_failed`, `service_key_in_browser`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'csrf_failed' | 'service_key_in_browser';
          };
        };
      };
      /** @description Payload Too Large: `payload_too_large`. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'payload_too_large';
          };
        };
      };
      /** @description Unsupported Media Type: `unsupported_media_type`. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported_media_type';
          };
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Too Many Requests: `rate_limited`. */
      429: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'rate_limited';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'store_unavailable';
          };
        };
      };
    };
  };
  getLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
    };
  };
  getReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It can. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      /** @description Misdirected Request: `misdirected_request`. */
      421: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'misdirected_request';
          };
        };
      };
      /** @description Internal Server Error: `internal_error`. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'internal_error';
          };
        };
      };
      /** @description Service Unavailable: `not_ready`, `store_unavailable`. */
      503: {
        headers: {
          /** @description Seconds until it is worth trying again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not_ready' | 'store_unavailable';
          };
        };
      };
    };
  };
  signInFailed: {
    parameters: {
      query: {
        failure: components['schemas']['ErrorRedirect'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Your page, with a sentence for `error`. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
