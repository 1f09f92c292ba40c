import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { clientIpOf } from './client-ip.js';
import { unmapIpv4 } from './unmap-ipv4.js';

/** The longest user agent that is kept. */
const MAX_USER_AGENT = 512;

/** From where, and with what, a request was made, as the person may see it in their sessions and activity. */
export interface Client {
  address: string | null;
  userAgent: string | null;
}

/** Who runs the service, at its command line. No request has this: an address is always known there. */
export const operator: Client = Object.freeze({ address: null, userAgent: 'operator' });

/** Describes who makes a request. The address is the proxy's word only where TRUST_PROXY says so. */
export function clientOf(request: Request): Client {
  const userAgent = request.headers['user-agent'];
  return {
    address: unmapIpv4(clientIpOf(request)),
    userAgent: userAgent === undefined ? null : userAgent.slice(0, MAX_USER_AGENT),
  };
}

/** Parameter decorator: the client, as `clientOf`. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  clientOf(context.switchToHttp().getRequest<Request>()),
);
