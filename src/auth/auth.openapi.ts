import {
  ApiBearerAuth,
  ApiCookieAuth,
  ApiFoundResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiParam,
  ApiQuery,
  ApiSeeOtherResponse,
} from '@nestjs/swagger';
import {
  ApiExpectedUser,
  ApiRoute,
  changeFailures,
  readFailures,
} from '../common/http/api-route.js';
import { providerIds } from '../common/provider-id.js';
import { startedSchema } from './auth.schema.js';

export const ApiProvider = () => ApiParam({ name: 'provider', enum: providerIds });

const ApiReturnTo = () =>
  ApiQuery({ name: 'returnTo', required: false, description: 'As for a sign-in; for a form.' });

const ApiErrorTo = () =>
  ApiQuery({
    name: 'errorTo',
    required: false,
    description: 'Where a failure is told, instead of SIGN_IN_ERROR_URL; allowed as `returnTo` is.',
  });

const ApiStartForScripts = () =>
  ApiOkResponse({
    description: 'For a script of the own or an allowed origin: where to navigate.',
    standardSchema: startedSchema,
  });

export const ApiListProviders = () =>
  ApiRoute('listProviders', 'The providers that people can sign in with', [429]);

export const ApiStartSignIn = () =>
  ApiRoute(
    'startSignIn',
    'Start signing in: navigate here, or ask with Accept: application/json for where to navigate',
    [400, 404, 429, 502, 503, 504],
    ApiProvider(),
    ApiQuery({
      name: 'returnTo',
      required: false,
      description:
        'A path here, or a URL of an allowed origin. Or a hand-over target, with `code_challenge`, `code_challenge_method=S256` and `state`.',
    }),
    ...(['code_challenge', 'code_challenge_method', 'state'] as const).map((name) =>
      ApiQuery({ name, required: false, description: 'With a hand-over target (RFC 7636).' }),
    ),
    ApiErrorTo(),
    ApiQuery({
      name: 'prompt',
      required: false,
      description:
        '`login`, `consent`, `select_account` or `none`, where the provider knows it. With `none` nobody is asked: where that takes a question, it ends in `login_required`.',
    }),
    ApiQuery({
      name: 'login_hint',
      required: false,
      description: 'Who is likely to sign in, where the provider knows it.',
    }),
    ApiStartForScripts(),
    ApiFoundResponse({ description: 'To the provider, or to the error URL with `error` set.' }),
  );

export const ApiConnectProvider = () =>
  ApiRoute(
    'connectProvider',
    'Start connecting another provider: submit a form to this, or ask as for a sign-in. An application asks with its token, and the fields of startHandover',
    [...changeFailures, 401, 404, 502, 504],
    ApiCookieAuth(),
    ApiBearerAuth(),
    ApiProvider(),
    ApiReturnTo(),
    ApiErrorTo(),
    ApiExpectedUser(),
    ApiStartForScripts(),
    ApiSeeOtherResponse({ description: 'To the provider, or to the error URL with `error` set.' }),
  );

export const ApiFinishSignIn = () =>
  ApiRoute(
    'finishSignIn',
    'Where the provider sends the browser back to',
    [400, 403, 404, 409, 429, 502, 503, 504],
    ApiProvider(),
    ApiFoundResponse({ description: 'To `returnTo`, or to the error URL with `error` set.' }),
  );

export const ApiGetSession = () =>
  ApiRoute('getSession', 'Who is signed in in this browser', readFailures);

export const ApiSignOut = () =>
  ApiRoute(
    'signOut',
    'Sign out of this browser',
    changeFailures,
    ApiReturnTo(),
    ApiNoContentResponse({ description: 'Signed out, or nobody was signed in.' }),
    ApiSeeOtherResponse({
      description: 'The same, for a form: to `returnTo`, or else the sign-in page.',
    }),
  );

export const ApiConfirmPendingLink = () =>
  ApiRoute(
    'confirmPendingLink',
    'Connect the identity that a refused sign-in left pending',
    [...changeFailures, 401, 404, 409],
    ApiCookieAuth(),
    ApiExpectedUser(),
    ApiQuery({
      name: 'decision',
      required: false,
      description:
        '`connect`, or `separate` to sign in with it as a new user, where `canSeparate` says so.',
    }),
    ApiReturnTo(),
    ApiNoContentResponse({ description: 'It is connected, or signed in with.' }),
    ApiSeeOtherResponse({
      description: 'The same, for a form: to `returnTo`, or else the default return address.',
    }),
  );

export const ApiDeclinePendingLink = () =>
  ApiRoute(
    'declinePendingLink',
    'Drop the identity that a refused sign-in left pending',
    changeFailures,
    ApiExpectedUser(),
    ApiNoContentResponse({ description: 'Nothing is pending any more.' }),
  );
