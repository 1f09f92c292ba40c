import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { toAppError } from '../common/errors/to-app-error.js';
import { logFailure } from '../common/logging/log-failure.js';
import { type Config, CONFIG } from '../config/config.js';
import { StepUpService } from '../users/step-up.service.js';
import { type NewIdentity, newIdentitiesOn } from './new-identities.js';
import { render, type Views } from './renderer.js';

/** Renders pages for whoever asks: each one shows the signed-in person what was connected lately. */
@Injectable()
export class PageRenderer {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly stepUp: StepUpService,
  ) {}

  async page<Name extends keyof Views>(
    request: Request,
    name: Name,
    view: Views[Name],
  ): Promise<string> {
    return render(name, view, await this.newIdentities(request));
  }

  /** The same after a failure, which may well be that the database does not answer. */
  async errorPage<Name extends keyof Views>(
    request: Request,
    name: Name,
    view: Views[Name],
  ): Promise<string> {
    try {
      return await this.page(request, name, view);
    } catch (failure) {
      logFailure(request, toAppError(failure));
      return render(name, view, []);
    }
  }

  private async newIdentities(request: Request): Promise<NewIdentity[]> {
    if (!request.signedIn) return [];
    const rows = await this.stepUp.newIdentitiesOf(request.signedIn);
    return newIdentitiesOn(request, rows, this.config.publicUrl.prefix);
  }
}
