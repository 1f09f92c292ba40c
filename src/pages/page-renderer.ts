import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { toAppError } from '../common/errors/to-app-error.js';
import { logFailure } from '../common/logging/log-failure.js';
import { providerIds } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { localOrigin } from '../config/providers.js';
import { StepUpService } from '../users/step-up.service.js';
import { type NewIdentity, newIdentitiesOn } from './new-identities.js';
import { type Views } from './renderer.js';
import { pageFor } from './send-page.js';
import { wordsFor } from './text/words.js';

const CONTENT_POLICY = 'Content-Security-Policy';

/** Renders pages for whoever asks: each one shows the signed-in person what was connected lately. */
@Injectable()
export class PageRenderer {
  /** Where pictures come from that have no https: the sandbox. */
  private readonly pictureOrigins: readonly string[];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly stepUp: StepUpService,
  ) {
    const local = providerIds.flatMap((id) => localOrigin(config.providers, id) ?? []);
    this.pictureOrigins = [...new Set(local)];
  }

  async page<Name extends keyof Views>(
    request: Request,
    name: Name,
    view: Views[Name],
  ): Promise<string> {
    if (this.pictureOrigins.length > 0) this.allowPictures(request);
    return pageFor(request, name, view, await this.newIdentities(request));
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
      return pageFor(request, name, view);
    }
  }

  private allowPictures({ res: response }: Request): void {
    const policy = String(response?.getHeader(CONTENT_POLICY) ?? '');
    const pictures = ['img-src', ...this.pictureOrigins].join(' ');
    response?.setHeader(CONTENT_POLICY, policy.replace('img-src', pictures));
  }

  private async newIdentities(request: Request): Promise<NewIdentity[]> {
    if (!request.signedIn) return [];
    const rows = await this.stepUp.newIdentitiesOf(request.signedIn);
    return newIdentitiesOn(wordsFor(request), request, rows, this.config.publicUrl.prefix);
  }
}
