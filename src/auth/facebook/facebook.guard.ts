import { Injectable } from '@nestjs/common';
import { PassportGuard, type AuthorizationHints } from '../passport.guard.js';

@Injectable()
export class FacebookGuard extends PassportGuard('facebook') {
  /** Facebook can ask for the password again, or for permissions that were declined. */
  override authorizationOptions({ prompt, promptLogin }: AuthorizationHints): object {
    if (promptLogin) return { authType: 'reauthenticate' };
    return prompt === 'consent' ? { authType: 'rerequest' } : {};
  }
}
