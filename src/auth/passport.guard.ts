import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import './sign-in-context.js';
import type { VerifiedIdentity } from './verified-identity.js';

/** What a start passes on to the provider's page, as the client asked. */
export interface AuthorizationHints {
  prompt: string | null;
  loginHint: string | null;
  nonce: string | null;
  /** Whether the person is to prove anew who they are, where the provider can ask for that. */
  promptLogin: boolean;
}

/**
 * The guard of one provider, over its passport strategy: on a start it redirects, on a callback it leaves the proven
 * identity in `request.user`. Subclasses say what the provider understands of the hints.
 */
export function PassportGuard(provider: ProviderId): Type<CanActivate> & {
  new (): CanActivate & { authorizationOptions(hints: AuthorizationHints): object };
} {
  class Guard extends AuthGuard(provider) {
    /** The strategy's options for a start. */
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

/** passport wraps what went wrong in the token exchange; what we threw there is inside. */
function failureOf(error: unknown): unknown {
  return error instanceof Error && 'oauthError' in error && error.oauthError instanceof AppError
    ? error.oauthError
    : error;
}
