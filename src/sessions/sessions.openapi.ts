import { ApiNoContentResponse, ApiParam } from '@nestjs/swagger';
import {
  accountFailures,
  ApiExpectedUser,
  ApiRoute,
  cookieHeader,
  readFailures,
} from '../common/http/api-route.js';

export const ApiListSessions = () =>
  ApiRoute(
    'listSessions',
    [
      'List where the user is signed in',
      'Browsers and applications, the most recently used first.',
    ],
    ['unauthenticated', ...readFailures],
  );

export const ApiRevokeSession = () =>
  ApiRoute(
    'revokeSession',
    ['Sign out of one browser', 'Or application, by the id of its session.'],
    [...accountFailures, 'not_found', 'reauth_required'],
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    ApiExpectedUser(),
    ApiNoContentResponse({
      description: 'The session has ended; its next request is answered 401.',
      headers: cookieHeader,
    }),
  );

export const ApiRevokeOtherSessions = () =>
  ApiRoute(
    'revokeOtherSessions',
    ['Sign out everywhere else', 'Of all other browsers, and of all applications.'],
    [...accountFailures, 'reauth_required'],
    ApiExpectedUser(),
    ApiNoContentResponse({ description: 'Only the session that asked is left.' }),
  );
