import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiFoundResponse,
  ApiNoContentResponse,
  ApiQuery,
  ApiSeeOtherResponse,
} from '@nestjs/swagger';
import {
  accountFailures,
  ApiExpectedUser,
  ApiProvider,
  ApiRoute,
  changeFailures,
  cookieHeader,
  locationHeader,
} from '../common/http/api-route.js';
import { ApiStartForScripts, startFailures } from './auth.openapi.js';

const field = (description: string, more: object = {}) =>
  ({ type: 'string', description, ...more }) as const;

const handoverFields = () => ({
  returnTo: field('One of HANDOVER_TARGETS.'),
  code_challenge: field('The SHA-256 of your verifier, base64url (RFC 7636).'),
  code_challenge_method: { type: 'string', enum: ['S256'] },
  state: field('Comes back with the code.', { maxLength: 256 }),
});

const required = ['returnTo', 'code_challenge', 'code_challenge_method'];

const headers = { ...cookieHeader, ...locationHeader };

export const ApiReauthenticateApp = () =>
  ApiRoute(
    'reauthenticateForApp',
    [
      'Start a step-up of an application’s session',
      'Open the answer’s `url` in a browser, and hand the code that comes back to `completeForApp`.',
    ],
    [...accountFailures, 'not_found'],
    ApiBearerAuth(),
    ApiProvider(),
    ApiExpectedUser(),
    ApiBody({ schema: { type: 'object', required, properties: handoverFields() } }),
  );

export const ApiCompleteAsked = () =>
  ApiRoute(
    'completeForApp',
    [
      'Finish what an application has asked for',
      'Connects the provider, or steps up: this very session has asked for it, and a browser has brought the code.',
    ],
    [
      ...accountFailures,
      'invalid_grant',
      'account_disabled',
      'identity_in_use',
      'reauth_required',
      'identity_too_new',
    ],
    ApiBearerAuth(),
    ApiNoContentResponse({ description: 'It has taken effect.' }),
  );

export const ApiContinue = () =>
  ApiRoute(
    'continueForApp',
    [
      'What an application opens in a browser',
      'Once, to connect a provider or step up: the `url` of `connectProvider` and `reauthenticateForApp` leads here.',
    ],
    startFailures,
    ApiProvider(),
    ApiQuery({ name: 'ticket', description: 'As it was given.', schema: { type: 'string' } }),
    ApiStartForScripts(),
    ApiFoundResponse({
      description: 'To the provider, or to the target with `error` set.',
      headers,
    }),
  );

export const ApiStartHandover = () =>
  ApiRoute(
    'startHandover',
    [
      'Start a sign-in for another site or an app',
      'Submit a form to this, or navigate to `startSignIn` with the same parameters.',
    ],
    [...changeFailures, ...startFailures],
    ApiProvider(),
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiBody({
      schema: {
        type: 'object',
        required,
        properties: {
          ...handoverFields(),
          prompt: field('As for startSignIn.'),
          login_hint: field('As for startSignIn.'),
        },
      },
    }),
    ApiStartForScripts(),
    ApiSeeOtherResponse({
      description: 'To the provider, or to the target with `error` set.',
      headers,
    }),
  );
