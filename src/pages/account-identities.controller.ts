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
import { LastSignInCookie } from '../auth/last-sign-in-cookie.js';
import { AppError } from '../common/errors/app-error.js';
import { Caller, type Client } from '../common/http/client.js';
import { ProviderPipe } from '../common/http/provider.pipe.js';
import type { ProviderId } from '../common/provider-id.js';
import { type Config, CONFIG, requestedReturnTo } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { providers } from '../providers/registry.js';
import { Session, SignedInGuard } from '../sessions/session.guards.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { AccountService } from '../users/account.service.js';
import { IdentitiesService } from '../users/identities.service.js';
import { StepUpService } from '../users/step-up.service.js';
import { CurrentUser } from '../users/current-user.js';
import type { User } from '../users/user.schema.js';
import { connectForm, FormUserGuard, unlessDone } from './account-forms.js';
import { accountPath, confirmationPaths, exportPath } from './account-paths.js';
import { confirmations, confirmationView } from './confirmations.js';
import { flashQuery } from './flash.js';
import { Look } from './look.js';
import { connectedFrom } from './new-identities.js';
import { Page, PageErrorFilter } from './page.js';
import { PageRenderer } from './page-renderer.js';
import { wordsFor } from './text/words.js';

/**
 * Disconnecting a provider and deleting the account, by plain forms with a confirmation; both need a step-up. And saying
 * that a provider was connected by oneself.
 */
@Controller('account')
@UseFilters(PageErrorFilter)
@UseGuards(SignedInGuard, FormUserGuard)
@ApiExcludeController()
export class AccountIdentitiesController {
  private readonly url: string;
  private readonly lastSignIn: LastSignInCookie;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly accounts: AccountService,
    private readonly identities: IdentitiesService,
    private readonly stepUp: StepUpService,
    private readonly sessions: SessionsService,
    private readonly pages: PageRenderer,
    private readonly look: Look,
  ) {
    this.url = accountPath(config.publicUrl);
    this.lastSignIn = new LastSignInCookie(config);
  }

  @Get(confirmationPaths.disconnect(':provider'))
  @Page()
  async askDisconnect(
    @Req() request: Request,
    @CurrentUser() user: User,
    @Session() session: SignedInSession,
    @Param('provider', ProviderPipe) provider: ProviderId,
  ): Promise<string> {
    await this.stepUp.require(session, this.identities.toDisconnect(session.identities, provider));
    const identity = user.identities.find((one) => one.provider === provider);
    if (identity === undefined) throw new AppError('not_found');
    const words = wordsFor(request);
    const rows = await this.stepUp.newIdentitiesOf(session);
    const row = rows.find((one) => one.provider === provider);
    const from = row === undefined ? null : connectedFrom(words, row);
    const confirmation = confirmations.disconnect(words, user, identity, from);
    const path = `${this.url}/${confirmationPaths.disconnect(provider)}`;
    const view = confirmationView(user, confirmation, path, this.url);
    return this.pages.page(request, 'confirm', view, this.look.headers(), provider);
  }

  /** Goes on with what was asked for before a step-up. */
  @Get(confirmationPaths.connect(':provider'))
  @Page()
  async askConnect(
    @Req() request: Request,
    @CurrentUser() user: User,
    @Session() session: SignedInSession,
    @Param('provider', ProviderPipe) provider: ProviderId,
  ): Promise<string> {
    const isOn = enabledProviders(this.config.providers).includes(provider);
    const isConnected = user.identities.some((one) => one.provider === provider);
    if (!isOn || isConnected) throw new AppError('not_found');
    await this.stepUp.require(session, 'connect');
    const { label } = providers[provider];
    const question = confirmations.goOnConnecting(wordsFor(request), label, this.look.brand.name);
    const action = connectForm(provider, user.id, this.config.publicUrl.prefix);
    const view = { ...confirmationView(user, question, this.url, this.url), action };
    return this.pages.page(request, 'confirm', view, this.look.headersLeadingAnywhere());
  }

  /** The same. */
  @Get(confirmationPaths.exportData)
  @Page()
  async askExport(
    @Req() request: Request,
    @CurrentUser() user: User,
    @Session() session: SignedInSession,
  ): Promise<string> {
    await this.stepUp.require(session, 'export');
    const question = confirmations.exportData(wordsFor(request));
    const path = exportPath(this.config.publicUrl);
    return this.pages.page(request, 'confirm', confirmationView(user, question, path, this.url));
  }

  /** The person says that it was them who connected a provider lately. */
  @Post(confirmationPaths.acknowledge(':provider'))
  async acknowledge(
    @Session() session: SignedInSession,
    @Param('provider', ProviderPipe) provider: ProviderId,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await unlessDone(this.accounts.acknowledge(session, provider));
    const returnTo = requestedReturnTo(request, this.config);
    response.redirect(303, returnTo ?? this.url + flashQuery('acknowledged', provider));
  }

  @Post(confirmationPaths.disconnect(':provider'))
  async disconnect(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Param('provider', ProviderPipe) provider: ProviderId,
    @Res() response: Response,
  ): Promise<void> {
    await unlessDone(this.accounts.disconnect(session, provider, client));
    response.redirect(303, this.url + flashQuery('disconnected', provider));
  }

  @Get(confirmationPaths.deleteAccount)
  @Page()
  async askDelete(
    @Req() request: Request,
    @CurrentUser() user: User,
    @Session() session: SignedInSession,
  ): Promise<string> {
    await this.stepUp.require(session, 'delete');
    const words = wordsFor(request);
    const { name } = this.look.brand;
    const confirmation = confirmations.deleteAccount(words, user, name, `${this.url}#data`);
    const path = `${this.url}/${confirmationPaths.deleteAccount}`;
    const view = confirmationView(user, confirmation, path, this.url);
    return this.pages.page(request, 'confirm', view);
  }

  @Post(confirmationPaths.deleteAccount)
  async delete(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    await this.accounts.deleteFor(session, client);
    this.sessions.forget(response);
    this.lastSignIn.clear(response);
    response.redirect(303, `${this.config.publicUrl.prefix}/${flashQuery('deleted')}`);
  }
}
