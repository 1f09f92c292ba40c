import { ApiRoute, changeFailures } from '../common/http/api-route.js';

export const ApiIssueToken = () =>
  ApiRoute('issueToken', 'A short token with which another service knows who is signed in', [
    401,
    404,
    ...changeFailures,
  ]);

export const ApiGetKeySet = () =>
  ApiRoute('getKeySet', 'The keys by which tokens are verified (RFC 7517)', [404, 503]);

export const ApiGetMetadata = () =>
  ApiRoute(
    'getMetadata',
    'Who issues tokens, and where its keys are (RFC 8414). Where PUBLIC_URL has a path, it is also at the place of §3.1, before that path',
    [404],
  );
