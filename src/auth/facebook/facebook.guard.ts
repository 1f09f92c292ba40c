import { Injectable } from '@nestjs/common';
import { PassportGuard, type AuthorizationHints } from '../passport.guard.js';

/** Signs people in with Facebook. */
@Injectable()
export class FacebookGuard extends PassportGuard('facebook') {
  /** Facebook's words for asking again: for the password, or for what was declined before. */
  override authorizationOptions({ prompt, promptLogin }: AuthorizationHints): object {
    if (promptLogin) return { authType: 'reauthenticate' };
    return prompt === 'consent' ? { authType: 'rerequest' } : {};
  }
}
