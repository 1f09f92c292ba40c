import { Injectable } from '@nestjs/common';
import { PassportGuard, type AuthorizationHints } from '../passport.guard.js';

@Injectable()
export class TwitterGuard extends PassportGuard('twitter') {
  override authorizationOptions({ promptLogin, loginHint }: AuthorizationHints): object {
    const isScreenName = loginHint !== null && /^\w{1,15}$/.test(loginHint);
    return {
      ...(promptLogin && { forceLogin: true }),
      ...(isScreenName && { screenName: loginHint }),
    };
  }
}
