import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { HandoversTable } from '../database/session-tables.js';
import { AskedService } from '../handover/asked.service.js';
import type { Handover } from '../handover/handover.js';
import type { Purpose } from './attempts/attempt.js';
import { StartGuard } from './start.guard.js';

/** Prepares what an application has asked for, in the browser that has opened its ticket, whoever's that is. */
@Injectable()
export class ContinueStartGuard extends StartGuard {
  @Inject(AskedService) private readonly asked!: AskedService;

  protected override async handoverOf(request: Request): Promise<Handover> {
    const { provider } = this.guards.of(request);
    const row = await this.asked.find(request.query['ticket'], provider);
    request.asked = row;
    const { id: askedId, target, challenge, caller_state: state } = row;
    return { target, challenge, state, mayGoOn: false, askedId };
  }

  protected override parametersOf(request: Request): unknown {
    return askedOf(request).kind === 'reauthenticate' ? { prompt: 'login' } : {};
  }

  protected override async purposeOf(request: Request): Promise<Purpose> {
    const row = askedOf(request);
    await this.asked.use(row);
    const { user_id: userId, session_id: sessionId } = row;
    if (sessionId === null) throw new AppError('internal_error');
    return { kind: row.kind === 'link' ? 'link' : 'reauthenticate', userId, sessionId };
  }
}

function askedOf({ asked }: Request): HandoversTable {
  if (asked === undefined) throw new AppError('internal_error');
  return asked;
}

declare module 'http' {
  interface IncomingMessage {
    /** What an application has asked for, of a request with its ticket. */
    asked?: HandoversTable;
  }
}
