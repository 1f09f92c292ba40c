import { Controller, Get, Req, SerializeOptions, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiProblem } from '../common/api-problem.js';
import { SignedInGuard, signedInSession } from '../sessions/signed-in.guard.js';
import { type User, userSchema } from './user.schema.js';
import { UsersService } from './users.service.js';

/** The signed-in person's own record. */
@Controller('users/me')
@UseGuards(SignedInGuard)
@ApiTags('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @ApiOperation({ summary: 'The signed-in user' })
  @ApiOkResponse({ standardSchema: userSchema, description: 'The user with their identities.' })
  @ApiProblem(401, 503)
  @SerializeOptions({ schema: userSchema })
  me(@Req() request: Request): Promise<User> {
    return this.users.getUser(signedInSession(request).userId);
  }
}
