import { ApiRoute, changeFailures } from '../common/http/api-route.js';

export const ApiIssueToken = () =>
  ApiRoute(
    'issueToken',
    [
      'Get a token for another service',
      'A short JWT with which that service knows who is signed in.',
    ],
    [...changeFailures, 'unauthenticated', 'service_key_in_browser', 'not_found'],
  );

export const ApiGetKeySet = () =>
  ApiRoute(
    'getKeySet',
    ['Get the keys that sign tokens', 'By them a service verifies tokens (RFC 7517).'],
    ['not_found', 'store_unavailable'],
  );

export const ApiGetMetadata = () =>
  ApiRoute(
    'getMetadata',
    [
      'Get the issuer of tokens',
      'Who issues them, and where its keys are (RFC 8414). Where PUBLIC_URL has a path, it is also at the place of §3.1, before that path.',
    ],
    ['not_found'],
  );
