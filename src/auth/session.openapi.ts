import { ApiCookieAuth, ApiNoContentResponse, ApiSeeOtherResponse } from '@nestjs/swagger';
import {
  accountFailures,
  ApiExpectedUser,
  ApiOptionalAuth,
  ApiOptionalQuery,
  ApiRoute,
  changeFailures,
  cookieHeader,
  locationHeader,
  readFailures,
} from '../common/http/api-route.js';
import { ApiReturnTo } from './auth.openapi.js';

const formHeaders = { ...cookieHeader, ...locationHeader };

export const ApiGetSession = () =>
  ApiRoute(
    'getSession',
    [
      'Say who is signed in',
      'In this browser, or by this token. It answers 200 also where nobody is.',
    ],
    [...readFailures, 'unauthenticated', 'service_key_in_browser'],
    ApiOptionalAuth(),
  );

export const ApiSignOut = () =>
  ApiRoute(
    'signOut',
    ['Sign out', 'Of this browser, or of the application whose token it is.'],
    [...changeFailures, 'unauthenticated'],
    ApiOptionalAuth(),
    ApiReturnTo(),
    ApiNoContentResponse({
      description: 'Signed out, or nobody was signed in.',
      headers: cookieHeader,
    }),
    ApiSeeOtherResponse({
      description: 'The same, for a form: to `returnTo`, or else the sign-in page.',
      headers: formHeaders,
    }),
  );

export const ApiConfirmPendingLink = () =>
  ApiRoute(
    'confirmPendingLink',
    [
      'Connect what is pending',
      'The identity that a refused sign-in (`account_exists`) has left, once its owner has signed in.',
    ],
    [
      ...accountFailures,
      'not_found',
      'account_exists',
      'account_disabled',
      'identity_in_use',
      'reauth_required',
      'identity_too_new',
    ],
    ApiCookieAuth(),
    ApiExpectedUser(),
    ApiOptionalQuery(
      'decision',
      '`connect`, or `separate` to sign in with it as a new user, where `canSeparate` says so.',
      { type: 'string', enum: ['connect', 'separate'], default: 'connect' },
    ),
    ApiReturnTo(),
    ApiNoContentResponse({
      description: 'It is connected, or signed in with.',
      headers: cookieHeader,
    }),
    ApiSeeOtherResponse({
      description: 'The same, for a form: to `returnTo`, or else the default return address.',
      headers: formHeaders,
    }),
  );

export const ApiDeclinePendingLink = () =>
  ApiRoute(
    'declinePendingLink',
    ['Drop what is pending', 'The identity that a refused sign-in has left is not connected.'],
    [...changeFailures, 'unauthenticated', 'session_changed'],
    ApiOptionalAuth(),
    ApiExpectedUser(),
    ApiNoContentResponse({
      description: 'Nothing is pending any more.',
      headers: cookieHeader,
    }),
  );
