import * as z from 'zod';
import { Controller, Get, Inject, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { LastSignInCookie } from '../auth/last-sign-in-cookie.js';
import { PendingLinkService } from '../auth/pending-link.service.js';
import { callerStateIn } from '../common/caller-state.js';
import { isProviderId } from '../common/provider-id.js';
import { allowedReturnTo, type Config, CONFIG, requestedReturnTo } from '../config/config.js';
import { providers } from '../providers/registry.js';
import { SessionGuard } from '../sessions/session.guards.js';
import { toUser, type User } from '../users/user.schema.js';
import { accountPath, needsStepUp } from './account-paths.js';
import { separateForm } from './confirmations.js';
import { Look } from './look.js';
import { isConnecting, isProviderFault, noticeFor } from './notice.js';
import { outcomeFor } from './outcomes.js';
import { Page } from './page.js';
import { PageRenderer } from './page-renderer.js';
import type { ProviderButton, Separate } from './page-parts.js';
import type { Views } from './page-views.js';
import { signInButtons } from './sign-in-buttons.js';
import { wordsFor } from './text/words.js';

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
  private readonly lastSignIn: LastSignInCookie;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly pendingLink: PendingLinkService,
    private readonly pages: PageRenderer,
    private readonly look: Look,
  ) {
    this.lastSignIn = new LastSignInCookie(config);
  }

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
    const notice = noticeFor(wordsFor(request), query, user !== null);
    if (user !== null && notice !== null && isConnecting(query)) {
      return this.pages.page(request, 'not-connected', { user, notice, accountUrl });
    }
    const outcome = user === null && notice === null ? this.outcome(request, query) : null;
    if (outcome !== null) return this.pages.page(request, 'outcome', outcome);
    const again =
      user !== null && (query.purpose === 'reauthenticate' || query.error === 'reauth_required');
    const last = user === null ? this.lastSignIn.read(request).provider : null;
    const all = signInButtons(this.config, this.startQuery(request, query, again), last);
    const buttons = again ? connectedOf(all, user) : all;
    const separate = await this.separate(request, user, query);
    const lost = { supportUrl: this.config.supportUrl, requestId: query.requestId };
    const sandbox = this.config.sandbox !== null;
    const isTaken = query.error === 'account_exists' && !isConnecting(query);
    if (user === null && isTaken) {
      const taken = { ...existsView(query, buttons), separate, lost, sandbox };
      return this.pages.page(request, 'account-exists', taken);
    }
    return this.pages.page(request, 'sign-in', {
      user,
      accountUrl,
      continueUrl: again ? null : requestedReturnTo(request, this.config),
      notice,
      retry: isProviderFault(query.error) ? buttonOf(buttons, query.provider) : null,
      again,
      buttons,
      separate,
      lost: query.error === 'account_exists' ? lost : null,
      sandbox,
    });
  }

  /** A sign-out is told once; the next time it is the sign-in page. */
  private outcome(request: Request, query: SignInQuery): Views['outcome'] | null {
    const last = this.lastSignIn.read(request);
    const outcome = outcomeFor(wordsFor(request), this.look.brand, query, last);
    if (last.hasSignedOut && request.res) this.lastSignIn.told(request.res, last);
    return outcome && { ...outcome, signInUrl: `${this.config.publicUrl.prefix}/` };
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
    const state = callerStateIn(request);
    const asked = [
      ...(again || this.leadsToStepUp(returnTo) ? ['prompt=login'] : []),
      ...(returnTo === null ? [] : [`returnTo=${encodeURIComponent(returnTo)}`]),
      ...(state === null ? [] : [`state=${encodeURIComponent(state)}`]),
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

function existsView(
  { signInWith, provider }: SignInQuery,
  all: ProviderButton[],
): Pick<Views['account-exists'], 'exists' | 'buttons'> {
  const primary = buttonOf(all, signInWith);
  const refused = isProviderId(provider) ? providers[provider].label : null;
  // Where nothing may be named, another account of the one that was refused may be the way in.
  const others = all.filter(({ id }) => primary === null || (id !== primary.id && id !== provider));
  return {
    exists: { primary, refused, isOther: primary !== null && primary.id === provider },
    buttons: others,
  };
}

/** Only what is connected confirms who somebody is. */
function connectedOf(all: ProviderButton[], user: User): ProviderButton[] {
  const connected = new Set(user.identities.map(({ provider }) => provider));
  return all.filter(({ id }) => connected.has(id));
}

function buttonOf(buttons: ProviderButton[], id: unknown): ProviderButton | null {
  return buttons.find((button) => button.id === id) ?? null;
}
