import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionReader } from './session-reader.js';

/** Reads the session into `request.signedIn`; lets everybody pass. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly sessions: SessionReader) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    request.signedIn = await this.sessions.read(request, http.getResponse<Response>());
    return true;
  }
}
