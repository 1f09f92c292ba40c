import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountLimits } from './account-limits.js';
import { AccountService } from './account.service.js';
import { AddressesRepository } from './addresses.repository.js';
import { ContestsService } from './contests.service.js';
import { IdentitiesService } from './identities.service.js';
import { IssuerChangesService } from './issuer-changes.service.js';
import { IssuersService } from './issuers.service.js';
import { ProfilesService } from './profiles.service.js';
import { RecoveryService } from './recovery.service.js';
import { RestoresService } from './restores.service.js';
import { StepUpService } from './step-up.service.js';
import { UserAdminService } from './user-admin.service.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** One user record per person. */
@Module({
  imports: [SessionsModule],
  controllers: [UsersController],
  providers: [
    AccountLimits,
    AccountService,
    AddressesRepository,
    ContestsService,
    IdentitiesService,
    IssuerChangesService,
    IssuersService,
    ProfilesService,
    RecoveryService,
    RestoresService,
    StepUpService,
    UserAdminService,
    UsersRepository,
    UsersService,
  ],
  exports: [
    AccountLimits,
    AccountService,
    ContestsService,
    IdentitiesService,
    IssuerChangesService,
    IssuersService,
    StepUpService,
    UserAdminService,
    UsersRepository,
    UsersService,
  ],
})
export class UsersModule {}
