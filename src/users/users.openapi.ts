import { ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  accountFailures,
  ApiExpectedUser,
  ApiOptionalQuery,
  ApiProvider,
  ApiRoute,
  cookieHeader,
  readFailures,
} from '../common/http/api-route.js';
import { exportSchema } from './export.schema.js';

/** Where a session may have to prove more. */
const STEP_UP = ['reauth_required', 'identity_too_new'] as const;

export const ApiGetUser = () =>
  ApiRoute(
    'getUser',
    ['Get the signed-in user', 'With the providers that are connected.'],
    ['unauthenticated', ...readFailures],
  );

export const ApiUpdateUser = () =>
  ApiRoute(
    'updateUser',
    ['Set the user’s name or language', 'What is left out stays; null takes it back.'],
    accountFailures,
    ApiExpectedUser(),
  );

export const ApiDeleteUser = () =>
  ApiRoute(
    'deleteUser',
    ['Delete the user', 'With all that is theirs. It takes a step-up.'],
    [...accountFailures, ...STEP_UP],
    ApiExpectedUser(),
    ApiNoContentResponse({
      description: 'User, identities, sessions and activity are gone.',
      headers: cookieHeader,
    }),
  );

export const ApiExportUser = () =>
  ApiRoute(
    'exportUser',
    ['Download the user’s data', 'All that is held about them. It takes a step-up.'],
    [...accountFailures, ...STEP_UP],
    ApiExpectedUser(),
    ApiOkResponse({ standardSchema: exportSchema, description: 'One document.' }),
  );

export const ApiListIdentities = () =>
  ApiRoute(
    'listIdentities',
    ['List the connected providers', 'The accounts at providers that sign the user in.'],
    ['unauthenticated', ...readFailures],
  );

export const ApiDisconnectProvider = () =>
  ApiRoute(
    'disconnectProvider',
    ['Disconnect a provider', 'It takes a step-up by another one, which stays.'],
    [...accountFailures, ...STEP_UP, 'not_found', 'last_identity'],
    ApiExpectedUser(),
    ApiProvider(),
    ApiNoContentResponse({
      description: 'Disconnected; other sessions in which it was proven have ended.',
    }),
  );

export const ApiAcknowledgeIdentity = () =>
  ApiRoute(
    'acknowledgeIdentity',
    ['Say that a new provider has been seen', 'It is one of `newIdentities` of `getSession`.'],
    [...accountFailures, ...STEP_UP, 'not_found'],
    ApiExpectedUser(),
    ApiProvider(),
    ApiNoContentResponse({ description: 'It is not among `newIdentities` any more.' }),
  );

export const ApiListActivity = () =>
  ApiRoute(
    'listActivity',
    ['List what happened to the account', 'Newest first, page by page.'],
    ['bad_request', 'unauthenticated', ...readFailures],
    ApiOptionalQuery('limit', '1 to 100, by default 20.', {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 20,
    }),
    ApiOptionalQuery('cursor', 'The `nextCursor` of the page before.', {
      type: 'string',
      format: 'uuid',
    }),
  );
