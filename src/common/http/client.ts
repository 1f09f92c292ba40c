import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { clientIpOf, unmapIpv4 } from './client-ip.js';

const MAX_USER_AGENT = 512;

/** The origin of a request, as shown to the person in their sessions and activity. */
export interface Client {
  address: string | null;
  userAgent: string | null;
}

/** The operator at the command line. No request looks like this: a request always has an address. */
export const operator: Client = Object.freeze({ address: null, userAgent: 'operator' });

/** The address comes from a proxy only where TRUST_PROXY allows it. */
export function clientOf(request: Request): Client {
  const userAgent = request.headers['user-agent'];
  return {
    address: unmapIpv4(clientIpOf(request)),
    userAgent: userAgent === undefined ? null : userAgent.slice(0, MAX_USER_AGENT),
  };
}

export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  clientOf(context.switchToHttp().getRequest<Request>()),
);
