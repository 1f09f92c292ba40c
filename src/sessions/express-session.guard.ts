import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import { hasBearer } from '../common/http/bearer.js';
import { CONFIG, type Config } from '../config/config.js';
import { RequestLimits } from './request-limits.js';
import { cookieFlags, cookieNames } from './session-cookie.js';
import { refuseBearer, SessionGuard } from './session.guards.js';
import { SessionReader } from './session-reader.js';
import { SessionStore } from './session.store.js';

/**
 * express-session as this service uses it, for routes where a session begins or ends: a row and a cookie only after a
 * sign-in, and an id that is never taken from a cookie we did not sign. Counts the request by its user. Lets everybody pass
 * but a bearer, with which no browser's session begins or ends.
 */
@Injectable()
export class ExpressSessionGuard implements CanActivate {
  private readonly name: string;
  private readonly handle: RequestHandler;

  constructor(
    @Inject(CONFIG) config: Config,
    store: SessionStore,
    protected readonly sessions: SessionReader,
    protected readonly limits: RequestLimits,
  ) {
    this.name = cookieNames(config.publicUrl).session;
    this.handle = session({
      store,
      name: this.name,
      secret: [...config.secrets],
      cookie: { ...cookieFlags(config.publicUrl), maxAge: config.sessions.absoluteSeconds * 1000 },
      resave: false,
      saveUninitialized: false,
      rolling: false,
    });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    refuseBearer(request);
    await this.showCookie(request);
    await new Promise<void>((resolve, reject) => {
      void this.handle(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(error);
      });
    });
    request.signedIn = request.session.signedIn?.() ?? null;
    await this.count(request);
    return true;
  }

  protected count(request: Request): Promise<void> {
    return this.limits.countUser(request);
  }

  /** It reads the header itself, and believes the first of a name: all it is shown is the cookie that counts. */
  private async showCookie(request: Request): Promise<void> {
    await this.sessions.settle(request);
    const cookie = this.sessions.cookieOf(request);
    if (cookie === null) delete request.headers.cookie;
    else request.headers.cookie = `${this.name}=${encodeURIComponent(cookie.value)}`;
  }
}

/** Signing out ends an application's session by its bearer alone, and a browser's by its cookie. */
@Injectable()
export class SignOutGuard extends ExpressSessionGuard {
  override canActivate(context: ExecutionContext): Promise<boolean> {
    const isBearer = hasBearer(context.switchToHttp().getRequest<Request>());
    if (!isBearer) return super.canActivate(context);
    return new SessionGuard(this.sessions, this.limits).canActivate(context);
  }
}
