import { Injectable } from '@nestjs/common';
import { PassportGuard, type StartHints } from '../passport.guard.js';

/** Signs people in with X. */
@Injectable()
export class TwitterGuard extends PassportGuard('twitter') {
  override hintsFor({ fresh, loginHint }: StartHints): object {
    const isScreenName = loginHint !== null && /^\w{1,15}$/.test(loginHint);
    return {
      ...(fresh && { forceLogin: true }),
      ...(isScreenName && { screenName: loginHint }),
    };
  }
}
