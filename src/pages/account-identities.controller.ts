import {
  Controller,
  Get,
  Inject,
  Param,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { clientOf } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { providers } from '../providers/registry.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignedInGuard, signedInSession } from '../sessions/signed-in.guard.js';
import { AccountService } from '../users/account.service.js';
import { canUnlink } from '../users/account-linking.js';
import { currentUser } from '../users/current-user.js';
import { FormUserGuard, isAlreadyDone } from './account-forms.js';
import { accountPath, exportPath, confirmationPaths } from './account-paths.js';
import { confirmationPage, confirmations } from './confirmations.js';
import { flashQuery } from './flash.js';
import { Page, PageErrorFilter } from './page.js';

/** Disconnecting a provider and deleting the account, by plain forms: each asks first, of somebody recently signed in. */
@Controller('account')
@UseFilters(PageErrorFilter)
@UseGuards(SignedInGuard, FormUserGuard, RecentSignInGuard)
@ApiExcludeController()
export class AccountIdentitiesController {
  private readonly url: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly accounts: AccountService,
    private readonly sessions: SessionsService,
  ) {
    this.url = accountPath(config.publicUrl);
  }

  /** Asks only about what can be disconnected. */
  @Get(confirmationPaths.disconnect(':provider'))
  @Page()
  async askDisconnect(
    @Req() request: Request,
    @Param('provider') segment: string,
  ): Promise<string> {
    const provider = known(segment);
    const user = currentUser(request);
    const connected = user.identities.map((identity) => identity.provider);
    if (!connected.includes(provider)) {
      throw new AppError('not_found', { detail: 'This provider is not connected.' });
    }
    const enabled = enabledProviders(this.config.providers);
    if (!canUnlink(provider, connected, enabled)) throw new AppError('last_identity');
    const confirmation = confirmations.disconnect(providers[provider].label);
    return confirmationPage(
      user,
      confirmation,
      `${this.url}/${confirmationPaths.disconnect(provider)}`,
      this.url,
    );
  }

  @Post(confirmationPaths.disconnect(':provider'))
  async disconnect(
    @Req() request: Request,
    @Res() response: Response,
    @Param('provider') segment: string,
  ): Promise<void> {
    const provider = known(segment);
    try {
      await this.accounts.disconnect(signedInSession(request), provider, clientOf(request));
    } catch (error) {
      if (!isAlreadyDone(error)) throw error;
    }
    response.redirect(303, this.url + flashQuery('disconnected', provider));
  }

  @Get(confirmationPaths.deleteAccount)
  @Page()
  async askDelete(@Req() request: Request): Promise<string> {
    const user = currentUser(request);
    return confirmationPage(
      user,
      confirmations.deleteAccount(exportPath(this.config.publicUrl)),
      `${this.url}/${confirmationPaths.deleteAccount}`,
      this.url,
    );
  }

  @Post(confirmationPaths.deleteAccount)
  async delete(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.accounts.delete(signedInSession(request), clientOf(request));
    this.sessions.forget(response);
    response.redirect(303, `${this.config.publicUrl.prefix}/${flashQuery('deleted')}`);
  }
}

function known(segment: string): ProviderId {
  if (!isProviderId(segment)) throw new AppError('not_found');
  return segment;
}
