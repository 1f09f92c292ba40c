import * as z from 'zod';
import { Controller, Get, Inject, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { isCallerState } from '../common/caller-state.js';
import { PendingLinkService } from '../auth/pending-link.service.js';
import { parameterOf } from '../common/http/parameter.js';
import { allowedReturnTo, type Config, CONFIG, requestedReturnTo } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { providers } from '../providers/registry.js';
import { SessionGuard } from '../sessions/session.guards.js';
import { toUser, type User } from '../users/user.schema.js';
import { accountPath, needsStepUp } from './account-paths.js';
import { signedOutMessage } from './flash.js';
import { separateForm } from './confirmations.js';
import { isConnecting, noticeFor } from './notice.js';
import { Page } from './page.js';
import { PageRenderer } from './page-renderer.js';
import type { Separate } from './renderer.js';

/** The queries of the error redirect and of a form's redirect; anything else is ignored. */
const signInQuerySchema = z.object({
  error: z.unknown().optional(),
  provider: z.unknown().optional(),
  signInWith: z.unknown().optional(),
  purpose: z.unknown().optional(),
  requestId: z.uuid().nullable().catch(null),
  done: z.unknown().optional(),
});

type SignInQuery = z.infer<typeof signInQuerySchema>;

/** The sign-in page, for those who have no front end of their own yet. */
@Controller()
@ApiExcludeController()
export class SignInPageController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly pendingLink: PendingLinkService,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @UseGuards(SessionGuard)
  @Page()
  async signIn(
    @Req() request: Request,
    @Query({ schema: signInQuerySchema }) query: SignInQuery,
  ): Promise<string> {
    const { signedIn } = request;
    const accountUrl = accountPath(this.config.publicUrl);
    const user = signedIn ? toUser(signedIn.user, signedIn.identities) : null;
    const notice = noticeFor(query, user !== null);
    if (user !== null && notice !== null && isConnecting(query)) {
      return this.pages.page(request, 'not-connected', { user, notice, accountUrl });
    }
    const again =
      user !== null && (query.purpose === 'reauthenticate' || query.error === 'reauth_required');
    return this.pages.page(request, 'sign-in', {
      user,
      accountUrl,
      notice,
      message: user === null ? signedOutMessage(query) : null,
      again,
      buttons: enabledProviders(this.config.providers).map((id) => ({
        id,
        label: providers[id].label,
        mark: providers[id].button.mark,
        href: `${this.config.publicUrl.href}/auth/${id}${this.startQuery(request, query, again)}`,
      })),
      separate: await this.separate(request, user, query),
      lost:
        query.error === 'account_exists'
          ? { supportUrl: this.config.supportUrl, requestId: query.requestId }
          : null,
      sandbox: this.config.sandbox !== null,
    });
  }

  /** Where a sign-in was refused because of its address, and the person may have an account of their own. */
  private async separate(
    request: Request,
    user: User | null,
    query: SignInQuery,
  ): Promise<Separate | null> {
    const pending =
      query.error === 'account_exists' ? await this.pendingLink.summary(request) : null;
    if (pending === null) return null;
    const returnTo = requestedReturnTo(request, this.config);
    return separateForm(pending, accountPath(this.config.publicUrl), user, returnTo);
  }

  private startQuery(request: Request, query: SignInQuery, again: boolean): string {
    const returnTo = this.returnTo(request, query);
    const state = parameterOf(request, 'state');
    const asked = [
      ...(again || this.leadsToStepUp(returnTo) ? ['prompt=login'] : []),
      ...(returnTo === null ? [] : [`returnTo=${encodeURIComponent(returnTo)}`]),
      ...(isCallerState(state) ? [`state=${encodeURIComponent(state)}`] : []),
    ];
    return asked.length === 0 ? '' : `?${asked.join('&')}`;
  }

  private leadsToStepUp(returnTo: string | null): boolean {
    return returnTo !== null && needsStepUp(returnTo, accountPath(this.config.publicUrl));
  }

  private returnTo(request: Request, query: SignInQuery): string | null {
    const accountUrl = accountPath(this.config.publicUrl);
    const wanted = requestedReturnTo(request, this.config);
    if (isConnecting(query)) return wanted ?? accountUrl;
    if (query.error !== 'account_exists') return wanted;
    // The account page asks whether to connect what was refused, and leads on afterwards.
    const next = wanted ?? this.config.defaultReturnTo;
    const asking = `${accountUrl}?returnTo=${encodeURIComponent(next)}`;
    return next === accountUrl ? accountUrl : (allowedReturnTo(asking, this.config) ?? accountUrl);
  }
}
