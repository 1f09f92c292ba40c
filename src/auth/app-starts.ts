import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { type AskedKind, AskedService } from '../handover/asked.service.js';
import { requestedHandover } from '../handover/handover.js';
import { RequestLimits } from '../sessions/request-limits.js';
import { parameterOf } from '../common/http/parameter.js';
import { signedInSession } from '../sessions/session.guards.js';
import { ProviderGuards } from './provider-guards.js';
import { fieldsOf } from './start.guard.js';

/** What applications ask for with their session, and a browser begins for them. */
@Injectable()
export class AppStarts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly guards: ProviderGuards,
    private readonly asked: AskedService,
    private readonly limits: RequestLimits,
  ) {}

  /**
   * @returns the address that the application opens in a browser, once
   * @throws AppError `bad_request` for a browser's session, or without a target and a challenge; as `AskedService.begin`
   */
  async begin(request: Request, kind: AskedKind): Promise<{ url: string }> {
    const { provider } = this.guards.of(request);
    const session = signedInSession(request);
    if (session.kind !== 'app') {
      throw new AppError('bad_request', {
        detail: `This is for applications, with their token. A browser navigates to /auth/${provider}?prompt=login.`,
      });
    }
    const user = parameterOf(request, 'user');
    if (user !== undefined && user !== session.userId) throw new AppError('session_changed');
    await this.limits.countSignIn(request);
    const handover = requestedHandover(fieldsOf(request), null, this.config);
    if (handover === null) {
      throw new AppError('bad_request', {
        detail:
          'It needs returnTo, code_challenge and code_challenge_method=S256, as a sign-in of yours does.',
        log: { reason: 'hand-over: no target' },
      });
    }
    const ticket = await this.asked.begin(session, kind, provider, handover);
    return { url: `${this.config.publicUrl.href}/auth/${provider}/continue?ticket=${ticket}` };
  }
}
