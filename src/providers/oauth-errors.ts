/** Error codes that mean the same at every provider: RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6. */
export const OAUTH_ERRORS: ReadonlySet<string> = new Set([
  'access_denied',
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);
