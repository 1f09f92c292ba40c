import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { toAppError } from '../common/errors/to-app-error.js';
import { logFailure } from '../common/logging/log-failure.js';
import type { ProviderId } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { StepUpService } from '../users/step-up.service.js';
import { Look } from './look.js';
import { type NewIdentity, newIdentitiesOn } from './new-identities.js';
import type { Views } from './page-views.js';
import { pageFor } from './send-page.js';
import { wordsFor } from './text/words.js';

/** Renders pages for whoever asks: each one shows the signed-in person what was connected lately. */
@Injectable()
export class PageRenderer {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly stepUp: StepUpService,
    private readonly look: Look,
  ) {}

  /** @param asked which of what was connected lately the page itself is about, and tells all of */
  async page<Name extends keyof Views>(
    request: Request,
    name: Name,
    view: Views[Name],
    headers = this.look.headers(),
    asked: ProviderId | null = null,
  ): Promise<string> {
    const all = await this.newIdentities(request);
    const newIdentities = all.filter(({ id }) => id !== asked);
    return pageFor(this.look, request, name, view, { newIdentities, headers });
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
      return pageFor(this.look, request, name, view);
    }
  }

  private async newIdentities(request: Request): Promise<NewIdentity[]> {
    if (!request.signedIn) return [];
    const rows = await this.stepUp.newIdentitiesOf(request.signedIn);
    return newIdentitiesOn(wordsFor(request), request, rows, this.config.publicUrl.prefix);
  }
}
