import { Injectable } from '@nestjs/common';
import { PassportGuard, type StartHints } from '../provider.guard.js';

/** What Google's `prompt` may say (developers.google.com/identity/openid-connect, "authenticationuriparameters"). */
const PROMPTS = new Set(['none', 'consent', 'select_account']);

/** Signs people in with Google. */
@Injectable()
export class GoogleGuard extends PassportGuard('google') {
  override hintsFor({ prompt, loginHint, nonce }: StartHints): object {
    const known = (prompt ?? '').split(' ').filter((word) => PROMPTS.has(word));
    return {
      nonce,
      ...(known.length > 0 && { prompt: known.join(' ') }),
      ...(loginHint !== null && { loginHint }),
    };
  }
}
