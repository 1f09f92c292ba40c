import { ApiCookieAuth, ApiFoundResponse, ApiOkResponse, ApiSecurity } from '@nestjs/swagger';
import { ApiRoute, readFailures } from '../common/http/api-route.js';

/** The name of the security scheme that a service key is. */
export const SERVICE_KEY_SCHEME = 'serviceKey';

const text = { schema: { type: 'string' as const } };

export const ApiVerify = () =>
  ApiRoute(
    'verify',
    'For a proxy: whether somebody is signed in, and who, in headers',
    [400, 401, 403, 404, ...readFailures],
    ApiCookieAuth(),
    ApiOkResponse({
      description:
        'Somebody is, and meets what was asked for. Values are UTF-8, with `%` and what is not printable ASCII percent-encoded.',
      headers: {
        'X-Latchkey-User': { ...text, description: 'The user’s id.' },
        'X-Latchkey-Name': text,
        'X-Latchkey-Email': { ...text, description: 'Empty unless verified.' },
        'X-Latchkey-Email-Verified': { ...text, description: '`true` or `false`.' },
        'X-Latchkey-Provider': { ...text, description: 'The provider of the session.' },
        'X-Latchkey-Token': { ...text, description: 'With `token`: a JWT for that service.' },
      },
    }),
    ApiFoundResponse({
      description: 'With `redirect=1`, of a navigation that nobody is signed in for: to sign-in.',
    }),
  );

export const ApiIntrospect = () =>
  ApiRoute(
    'introspect',
    'For a server: who is signed in in the browser that has sent it this Cookie header',
    [400, 401, 403, 413, 415, ...readFailures],
    ApiSecurity(SERVICE_KEY_SCHEME),
  );
