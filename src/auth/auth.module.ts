import {
  type CanActivate,
  type DynamicModule,
  Module,
  type Provider,
  type Type,
} from '@nestjs/common';
import type { ProviderId } from '../common/provider-id.js';
import type { Config } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { HandoverModule } from '../handover/handover.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AttemptsService } from './attempts/attempts.service.js';
import { ClaimsRepository } from './attempts/claims.repository.js';
import { CrawlersController } from './crawlers.js';
import { OutcomesService } from './attempts/outcomes.service.js';
import { AppController } from './app.controller.js';
import { AppStarts } from './app-starts.js';
import { AuthController } from './auth.controller.js';
import { FacebookGuard } from './facebook/facebook.guard.js';
import { FacebookStrategy } from './facebook/facebook.strategy.js';
import { GoogleDiscovery } from './google/google-discovery.js';
import { GoogleGuard } from './google/google.guard.js';
import { GoogleStrategy } from './google/google.strategy.js';
import { HandoverAnswers } from './handover-answers.service.js';
import { IdTokenVerifier } from './google/id-token.js';
import { ProviderGuards } from './provider-guards.js';
import { ExchangeObserver } from './provider-http/exchange-observer.js';
import { ProviderHttp } from './provider-http/provider-http.js';
import { PendingLinkService } from './pending-link.service.js';
import { PendingLinksRepository } from './pending-links.repository.js';
import { SessionController } from './session.controller.js';
import { SignInMetrics } from './sign-in-metrics.js';
import { SignInRefusals } from './sign-in-refusals.js';
import { SignInService } from './sign-in.service.js';
import { TwitterGuard } from './twitter/twitter.guard.js';
import { TwitterStrategy } from './twitter/twitter.strategy.js';

const guards: Readonly<Record<ProviderId, Type<CanActivate>>> = {
  google: GoogleGuard,
  twitter: TwitterGuard,
  facebook: FacebookGuard,
};
const strategies: Readonly<Record<ProviderId, Provider[]>> = {
  google: [GoogleStrategy, GoogleDiscovery, IdTokenVerifier],
  twitter: [TwitterStrategy],
  facebook: [FacebookStrategy],
};

/** Sign-in and sign-out. A provider that is off has no strategy and no guard; its routes answer 404. */
@Module({})
export class AuthModule {
  static register(config: Config): DynamicModule {
    const enabled = enabledProviders(config.providers);
    return {
      module: AuthModule,
      global: true,
      imports: [SessionsModule, UsersModule, HandoverModule],
      // In this order, since `/auth/session` would match `/auth/:provider`.
      controllers: [SessionController, AppController, AuthController, CrawlersController],
      exports: [PendingLinkService],
      providers: [
        AttemptsService,
        ClaimsRepository,
        OutcomesService,
        ExchangeObserver,
        ProviderHttp,
        AppStarts,
        HandoverAnswers,
        SignInRefusals,
        SignInService,
        SignInMetrics,
        PendingLinkService,
        PendingLinksRepository,
        ...enabled.flatMap((id) => [guards[id], ...strategies[id]]),
        {
          provide: ProviderGuards,
          inject: enabled.map((id) => guards[id]),
          useFactory: (...injected: CanActivate[]) =>
            new ProviderGuards(
              new Map(injected.map((guard, index) => [enabled[index] as ProviderId, guard])),
            ),
        },
      ],
    };
  }
}
