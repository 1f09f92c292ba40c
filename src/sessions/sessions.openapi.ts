import { ApiNoContentResponse } from '@nestjs/swagger';
import {
  ApiExpectedUser,
  ApiRoute,
  changeFailures,
  readFailures,
} from '../common/http/api-route.js';

export const ApiListSessions = () =>
  ApiRoute('listSessions', 'Where the user is signed in', [401, ...readFailures]);

export const ApiRevokeSession = () =>
  ApiRoute(
    'revokeSession',
    'Sign out of one browser',
    [401, 404, ...changeFailures],
    ApiExpectedUser(),
    ApiNoContentResponse({
      description: 'The session has ended; its next request is answered 401.',
    }),
  );

export const ApiRevokeOtherSessions = () =>
  ApiRoute(
    'revokeOtherSessions',
    'Sign out of all other browsers',
    [401, ...changeFailures],
    ApiExpectedUser(),
    ApiNoContentResponse({ description: 'Only the session that asked is left.' }),
  );
