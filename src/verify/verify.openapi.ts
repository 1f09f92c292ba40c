import { ApiCookieAuth, ApiFoundResponse, ApiOkResponse, ApiSecurity } from '@nestjs/swagger';
import { ApiRoute, locationHeader, readFailures } from '../common/http/api-route.js';

/** The name of the security scheme that a service key is. */
export const SERVICE_KEY_SCHEME = 'serviceKey';

const header = (description: string) => ({ schema: { type: 'string' as const }, description });

export const ApiVerify = () =>
  ApiRoute(
    'verify',
    [
      'Tell a proxy who is signed in',
      'Whether somebody is, and who, in headers. A narrowing that is misspelt lets nobody in.',
    ],
    [
      'bad_request',
      'unauthenticated',
      'access_denied',
      'not_found',
      'service_key_in_browser',
      ...readFailures,
    ],
    ApiCookieAuth(),
    ApiOkResponse({
      description:
        'Somebody is, and meets what was asked for. Values are UTF-8, with `%` and what is not printable ASCII percent-encoded.',
      headers: {
        'X-Latchkey-User': header('The user’s id.'),
        'X-Latchkey-Name': header('Their name.'),
        'X-Latchkey-Email': header('Empty unless verified.'),
        'X-Latchkey-Email-Verified': header('`true` or `false`.'),
        'X-Latchkey-Provider': header('The provider of the session.'),
        'X-Latchkey-Token': header('With `token`: a JWT for that service.'),
      },
    }),
    ApiFoundResponse({
      description: 'With `redirect=1`, of a navigation that nobody is signed in for: to sign-in.',
      headers: locationHeader,
    }),
  );

export const ApiIntrospect = () =>
  ApiRoute(
    'introspect',
    [
      'Tell a server who is signed in',
      'In the browser that has sent it this Cookie header. Beside what only browsers send a service key is refused.',
    ],
    [
      'bad_request',
      'unauthenticated',
      'service_key_in_browser',
      'csrf_failed',
      'payload_too_large',
      'unsupported_media_type',
      ...readFailures,
    ],
    ApiSecurity(SERVICE_KEY_SCHEME),
  );
