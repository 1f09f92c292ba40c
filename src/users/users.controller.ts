import * as z from 'zod';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  type ActivityPage,
  activityPageSchema,
  type ActivityQuery,
  activityQuerySchema,
} from '../activity/activity.schema.js';
import { Answers } from '../common/http/answers.js';
import { Caller, type Client } from '../common/http/client.js';
import { sendJsonDownload } from '../common/http/download.js';
import { ProviderPipe } from '../common/http/provider.pipe.js';
import type { ProviderId } from '../common/provider-id.js';
import { ExpectedUserGuard, Session, SignedInGuard } from '../sessions/session.guards.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { AccountService } from './account.service.js';
import { CurrentUser } from './current-user.js';
import { type ProfileChanges, profileChangesSchema } from './profile-changes.schema.js';
import { ProfilesService } from './profiles.service.js';
import { identitySchema, type User, userSchema } from './user.schema.js';
import {
  ApiAcknowledgeIdentity,
  ApiDeleteUser,
  ApiDisconnectProvider,
  ApiExportUser,
  ApiGetUser,
  ApiListActivity,
  ApiListIdentities,
  ApiUpdateUser,
} from './users.openapi.js';

/** The signed-in person's own account. */
@Controller('users/me')
@UseGuards(SignedInGuard, ExpectedUserGuard)
@ApiTags('account')
@ApiCookieAuth()
@ApiBearerAuth()
export class UsersController {
  constructor(
    private readonly account: AccountService,
    private readonly profiles: ProfilesService,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @ApiGetUser()
  @Answers(userSchema, 'The user with their identities.')
  getUser(@CurrentUser() user: User): User {
    return user;
  }

  @Patch()
  @ApiUpdateUser()
  @Answers(userSchema, 'The user as they are now.')
  updateUser(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Body({ schema: profileChangesSchema }) changes: ProfileChanges,
  ): Promise<User> {
    return this.profiles.change(session, changes, client);
  }

  @Delete()
  @HttpCode(204)
  @ApiDeleteUser()
  async deleteUser(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.account.deleteFor(session, client);
    this.sessions.forget(response);
  }

  @Post('export')
  @HttpCode(200)
  @ApiExportUser()
  async exportUser(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    const parts = await this.account.exportFor(session, client);
    await sendJsonDownload(response, 'account.json', parts);
  }

  @Get('identities')
  @ApiListIdentities()
  @Answers(z.array(identitySchema), 'The oldest connection first.')
  listIdentities(@CurrentUser() user: User): User['identities'] {
    return user.identities;
  }

  @Delete('identities/:provider')
  @HttpCode(204)
  @ApiDisconnectProvider()
  disconnectProvider(
    @Session() session: SignedInSession,
    @Caller() client: Client,
    @Param('provider', ProviderPipe) provider: ProviderId,
  ): Promise<void> {
    return this.account.disconnect(session, provider, client);
  }

  @Post('identities/:provider/acknowledge')
  @HttpCode(204)
  @ApiAcknowledgeIdentity()
  acknowledgeIdentity(
    @Session() session: SignedInSession,
    @Param('provider', ProviderPipe) provider: ProviderId,
  ): Promise<void> {
    return this.account.acknowledge(session, provider);
  }

  @Get('activity')
  @ApiListActivity()
  @Answers(activityPageSchema, 'A page.')
  listActivity(
    @Session() { userId }: SignedInSession,
    @Query({ schema: activityQuerySchema }) query: ActivityQuery,
  ): Promise<ActivityPage> {
    return this.account.activityPage(userId, query);
  }
}
