import { Injectable } from '@nestjs/common';
import { PassportGuard, type AuthorizationHints } from '../passport.guard.js';

/** Google's values of `prompt` (developers.google.com/identity/openid-connect, "authenticationuriparameters"). */
const PROMPTS = new Set(['none', 'consent', 'select_account']);

@Injectable()
export class GoogleGuard extends PassportGuard('google') {
  override authorizationOptions({
    prompt,
    loginHint,
    nonce,
    promptLogin,
  }: AuthorizationHints): object {
    const asked = (prompt ?? '').split(' ').filter((word) => PROMPTS.has(word));
    // Google has no `prompt=login`; `max_age=0` is OpenID Connect's equivalent (Core §3.1.2.1).
    const known = promptLogin && asked.length === 0 ? ['select_account'] : asked;
    return {
      nonce,
      ...(promptLogin && { maxAge: 0 }),
      ...(known.length > 0 && { prompt: known.join(' ') }),
      ...(loginHint !== null && { loginHint }),
    };
  }
}
