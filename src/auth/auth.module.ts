import { type CanActivate, type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { ProviderId } from '../common/provider-id.js';
import type { Config } from '../config/config.js';
import { enabledProviders } from '../config/enabled-providers.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AttemptsModule } from './attempts/attempts.module.js';
import { AuthController } from './auth.controller.js';
import { ProviderGuards } from './provider-guards.js';
import { ProviderHttpModule } from './provider-http/provider-http.module.js';
import { PendingLinkService } from './pending-link.service.js';
import { providers } from './providers.js';
import { SessionController } from './session.controller.js';
import { SignInOutcomes } from './sign-in-outcomes.js';
import { SignInService } from './sign-in.service.js';

/** Signing in and out. Only what is configured exists: a provider without keys has no strategy, no guard and no route. */
@Module({})
export class AuthModule {
  static register(config: Config): DynamicModule {
    const enabled = enabledProviders(config.providers);
    return {
      module: AuthModule,
      global: true,
      imports: [AttemptsModule, ProviderHttpModule, SessionsModule, UsersModule],
      // In this order: `/auth/session` is not a provider.
      controllers: [SessionController, AuthController],
      exports: [PendingLinkService],
      providers: [
        SignInService,
        SignInOutcomes,
        PendingLinkService,
        ...enabled.flatMap((id) => partsOf(id, config)),
        guardsOf(enabled),
      ],
    };
  }
}

function partsOf(id: ProviderId, config: Config): Provider[] {
  const { parts, guard, config: token } = providers[id];
  return [{ provide: token, useValue: config.providers[id] }, ...parts, guard];
}

function guardsOf(enabled: readonly ProviderId[]): Provider {
  return {
    provide: ProviderGuards,
    inject: enabled.map((id) => providers[id].guard),
    useFactory: (...guards: CanActivate[]) =>
      new ProviderGuards(
        // Nest hands them over in the order of `inject`.
        new Map(guards.map((guard, index) => [enabled[index] as ProviderId, guard])),
      ),
  };
}
