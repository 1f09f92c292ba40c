import { ApiNoContentResponse, ApiOkResponse, ApiParam, ApiQuery } from '@nestjs/swagger';
import {
  ApiExpectedUser,
  ApiRoute,
  changeFailures,
  readFailures,
} from '../common/http/api-route.js';
import { providerIds } from '../common/provider-id.js';
import { exportSchema } from './export.schema.js';

export const ApiGetUser = () => ApiRoute('getUser', 'The signed-in user', [401, ...readFailures]);

export const ApiDeleteUser = () =>
  ApiRoute(
    'deleteUser',
    'Delete the user and all that is theirs',
    [401, ...changeFailures],
    ApiExpectedUser(),
    ApiNoContentResponse({ description: 'User, identities, sessions and activity are gone.' }),
  );

export const ApiExportUser = () =>
  ApiRoute(
    'exportUser',
    'All that is held about the user, as a download',
    [401, ...changeFailures],
    ApiExpectedUser(),
    ApiOkResponse({ standardSchema: exportSchema, description: 'One document.' }),
  );

export const ApiListIdentities = () =>
  ApiRoute('listIdentities', 'The connected providers', [401, ...readFailures]);

export const ApiDisconnectProvider = () =>
  ApiRoute(
    'disconnectProvider',
    'Disconnect a provider',
    [401, 404, 409, ...changeFailures],
    ApiExpectedUser(),
    ApiParam({ name: 'provider', enum: providerIds }),
    ApiNoContentResponse({
      description: 'Disconnected; other sessions in which it was proven have ended.',
    }),
  );

export const ApiAcknowledgeIdentity = () =>
  ApiRoute(
    'acknowledgeIdentity',
    'Say that a newly connected provider has been seen',
    [401, 404, ...changeFailures],
    ApiExpectedUser(),
    ApiParam({ name: 'provider', enum: providerIds }),
    ApiNoContentResponse({ description: 'It is not among `newIdentities` any more.' }),
  );

export const ApiListActivity = () =>
  ApiRoute(
    'listActivity',
    'What happened to the account, newest first',
    [400, 401, ...readFailures],
    ApiQuery({ name: 'limit', required: false, description: '1 to 100, by default 20.' }),
    ApiQuery({
      name: 'cursor',
      required: false,
      description: 'The `nextCursor` of the page before.',
    }),
  );
