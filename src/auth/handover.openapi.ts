import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiFoundResponse,
  ApiNoContentResponse,
  ApiQuery,
  ApiSeeOtherResponse,
} from '@nestjs/swagger';
import { ApiExpectedUser, ApiRoute, changeFailures } from '../common/http/api-route.js';
import { ApiProvider } from './auth.openapi.js';

const field = (description: string) => ({ type: 'string', description }) as const;

const handoverFields = () => ({
  returnTo: field('One of HANDOVER_TARGETS.'),
  code_challenge: field('The SHA-256 of your verifier, base64url (RFC 7636).'),
  code_challenge_method: { type: 'string', enum: ['S256'] },
  state: field('Comes back with the code.'),
});

const required = ['returnTo', 'code_challenge', 'code_challenge_method'];

export const ApiReauthenticateApp = () =>
  ApiRoute(
    'reauthenticateForApp',
    'Start a step-up of an application’s session: open the answer’s `url` in a browser',
    [...changeFailures, 401, 404],
    ApiBearerAuth(),
    ApiProvider(),
    ApiExpectedUser(),
    ApiBody({ schema: { type: 'object', required, properties: handoverFields() } }),
  );

export const ApiCompleteAsked = () =>
  ApiRoute(
    'completeForApp',
    'Connect the provider, or step up, that this session has asked for and a browser has brought the code of',
    [...changeFailures, 401, 409],
    ApiBearerAuth(),
    ApiNoContentResponse({ description: 'It has taken effect.' }),
  );

export const ApiContinue = () =>
  ApiRoute(
    'continueForApp',
    'What an application opens in a browser, once, to connect a provider or step up',
    [400, 404, 429, 502, 503, 504],
    ApiProvider(),
    ApiQuery({ name: 'ticket', description: 'As it was given.' }),
    ApiFoundResponse({ description: 'To the provider, or to the target with `error` set.' }),
  );

export const ApiStartHandover = () =>
  ApiRoute(
    'startHandover',
    'Start a sign-in for another site or an app: submit a form to this, or navigate to startSignIn with the same parameters',
    [...changeFailures, 404, 502, 504],
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
    ApiSeeOtherResponse({ description: 'To the provider, or to the target with `error` set.' }),
  );
