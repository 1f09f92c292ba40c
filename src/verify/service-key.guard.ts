import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';

/** Requires a service key: 401 without one. */
@Injectable()
export class ServiceKeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { serviceKey } = context.switchToHttp().getRequest<Request>();
    if (serviceKey !== undefined) return true;
    throw new AppError('unauthenticated', {
      detail: 'This takes a service key: send one of SERVICE_KEYS as X-Latchkey-Service-Key.',
      log: { reason: 'no service key' },
    });
  }
}
