import './sign-in-context.js';
import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import type { VerifiedIdentity } from './sign-in-context.js';

export interface AuthorizationHints {
  prompt: string | null;
  loginHint: string | null;
  nonce: string | null;
  promptLogin: boolean;
}

/**
 * The guard of one provider, on top of its passport strategy: a start redirects, a callback sets the verified identity
 * as `request.user`. Subclasses map the hints to the provider's parameters.
 */
export function PassportGuard(provider: ProviderId): Type<CanActivate> & {
  new (): CanActivate & { authorizationOptions(hints: AuthorizationHints): object };
} {
  class Guard extends AuthGuard(provider) {
    authorizationOptions(_hints: AuthorizationHints): object {
      return {};
    }

    override getAuthenticateOptions(context: ExecutionContext): object {
      const { signInStart: start } = context.switchToHttp().getRequest<Request>();
      if (start === undefined) return { session: false };
      const { prompt, loginHint, intent } = start;
      const { nonce, promptLogin } = intent;
      const options = this.authorizationOptions({ prompt, loginHint, nonce, promptLogin });
      return { session: false, ...options };
    }

    override handleRequest<TUser = VerifiedIdentity>(error: unknown, user: TUser | false): TUser {
      if (error !== null && error !== undefined) throw failureOf(error);
      if (!user) throw new AppError('invalid_state');
      return user;
    }
  }
  return Guard;
}

/** passport-oauth2 wraps errors of the token exchange; ours is inside. */
function failureOf(error: unknown): unknown {
  return error instanceof Error && 'oauthError' in error && error.oauthError instanceof AppError
    ? error.oauthError
    : error;
}
