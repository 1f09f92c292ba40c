// Written from openapi.json by build/client-types.mjs (npm run client:types).
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
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
       * @description With reauth_required, with identity_too_new where an older provider does, and with rate_limited where somebody else may have used up what the session or its user has: where to send the browser. Add returnTo to come back.
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
export type operations = Record<string, never>;
