import { Injectable } from '@nestjs/common';
import { PassportGuard, type StartHints } from '../provider.guard.js';

/** Facebook's words for asking again: for the password, or for what was declined before. */
const AUTH_TYPES: Readonly<Record<string, string>> = {
  login: 'reauthenticate',
  consent: 'rerequest',
};

/** Signs people in with Facebook. */
@Injectable()
export class FacebookGuard extends PassportGuard('facebook') {
  override hintsFor({ prompt }: StartHints): object {
    const authType = AUTH_TYPES[prompt ?? ''];
    return authType === undefined ? {} : { authType };
  }
}
