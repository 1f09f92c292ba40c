import {
  ApiBearerAuth,
  ApiCookieAuth,
  ApiFoundResponse,
  ApiOkResponse,
  ApiSeeOtherResponse,
} from '@nestjs/swagger';
import type { ErrorCode } from '../common/errors/app-error.js';
import {
  accountFailures,
  ApiAnyFailure,
  ApiExpectedUser,
  ApiOptionalAuth,
  ApiOptionalQuery,
  ApiProvider,
  ApiRoute,
  cookieHeader,
  locationHeader,
  readFailures,
} from '../common/http/api-route.js';
import { startedSchema } from './auth.schema.js';

const address = { type: 'string', format: 'uri-reference', maxLength: 2000 } as const;

/** Where a failure of a sign-in is told, with `ErrorRedirect` in the query. */
const redirectHeaders = {
  ...cookieHeader,
  Location: {
    ...locationHeader.Location,
    description:
      'The provider, or where it has led: `returnTo`, with `state`; or the error URL, with `ErrorRedirect`.',
  },
};

export const ApiReturnTo = () =>
  ApiOptionalQuery(
    'returnTo',
    'Where a form leads: a path here, or a URL of an allowed origin.',
    address,
  );

/** What every start takes, with which the browser comes back. */
const start = () => [
  ApiOptionalQuery(
    'errorTo',
    'Where a failure is told, instead of SIGN_IN_ERROR_URL; allowed as `returnTo` is.',
    address,
  ),
  ApiOptionalQuery('state', 'Comes back beside the result, whatever that is.', {
    type: 'string',
    maxLength: 256,
    pattern: '^[\\x20-\\x7e]*$',
  }),
  ApiStartForScripts(),
];

export const ApiStartForScripts = () =>
  ApiOkResponse({
    description: 'For a script of the own or an allowed origin: where to navigate.',
    standardSchema: startedSchema,
    headers: cookieHeader,
  });

/** Of whatever sends a browser to a provider. */
export const startFailures: readonly ErrorCode[] = [
  ...readFailures,
  'bad_request',
  'not_found',
  'not_ready',
  'provider_error',
  'provider_timeout',
];

export const ApiListProviders = () =>
  ApiRoute(
    'listProviders',
    ['List the providers', 'Those that people can sign in with here, in the order of the buttons.'],
    ['rate_limited'],
  );

export const ApiStartSignIn = () =>
  ApiRoute(
    'startSignIn',
    [
      'Start signing in',
      'Navigate here, or ask with `Accept: application/json` for where to navigate. With `prompt=login` of somebody who is signed in it is a step-up.',
    ],
    // For parameters that only a provider's answer has.
    [...startFailures, 'invalid_state'],
    ApiProvider(),
    ApiOptionalQuery(
      'returnTo',
      'A path here, or a URL of an allowed origin. Or a hand-over target, with `code_challenge` and `code_challenge_method=S256`.',
      address,
    ),
    ApiOptionalQuery('code_challenge', 'With a hand-over target (RFC 7636).', {
      type: 'string',
      pattern: '^[\\w-]{43}$',
    }),
    ApiOptionalQuery('code_challenge_method', 'With a hand-over target (RFC 7636).', {
      type: 'string',
      enum: ['S256'],
    }),
    ApiOptionalQuery(
      'prompt',
      '`login`, `consent`, `select_account` or `none`, where the provider knows it. With `none` nobody is asked: where that takes a question, it ends in `login_required`.',
    ),
    ApiOptionalQuery('login_hint', 'Who is likely to sign in, where the provider knows it.', {
      type: 'string',
      maxLength: 320,
    }),
    ...start(),
    ApiFoundResponse({
      description: 'To the provider, or to the error URL.',
      headers: redirectHeaders,
    }),
  );

export const ApiConnectProvider = () =>
  ApiRoute(
    'connectProvider',
    [
      'Start connecting another provider',
      'Submit a form to this, or ask as for a sign-in. An application asks with its token, and the fields of `startHandover`.',
    ],
    [...accountFailures, ...startFailures, 'reauth_required', 'identity_too_new'],
    ApiCookieAuth(),
    ApiBearerAuth(),
    ApiProvider(),
    ApiReturnTo(),
    ApiExpectedUser(),
    ...start(),
    ApiSeeOtherResponse({
      description: 'To the provider, or to the error URL.',
      headers: redirectHeaders,
    }),
  );

export const ApiFinishSignIn = () =>
  ApiRoute(
    'finishSignIn',
    [
      'Where the provider sends the browser back to',
      'Register it at the provider. What has failed is told at the error URL, and to a client that asks for JSON by its status.',
    ],
    [
      ...startFailures,
      'unauthenticated',
      'invalid_state',
      'state_expired',
      'provider_mismatch',
      'session_changed',
      'access_denied',
      'login_required',
      'invalid_id_token',
      'account_exists',
      'account_disabled',
      'identity_in_use',
      'reauth_required',
      'identity_too_new',
    ],
    ApiOptionalAuth(),
    ApiProvider(),
    ApiFoundResponse({
      description: 'To `returnTo`, or to the error URL.',
      headers: redirectHeaders,
    }),
    ApiAnyFailure(),
  );
