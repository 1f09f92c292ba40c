import { Global, Module } from '@nestjs/common';
import { ErrorPages } from '../common/errors/problem.filter.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountController } from './account.controller.js';
import { AccountIdentitiesController } from './account-identities.controller.js';
import { AccountSessionsController } from './account-sessions.controller.js';
import { Look } from './look.js';
import { PageRenderer } from './page-renderer.js';
import { SeparateController } from './separate.controller.js';
import { HtmlErrorPages } from './html-error-pages.js';
import { SignInPageController } from './sign-in.controller.js';

/** The sign-in page, the account page, and pages for what fails. */
@Global()
@Module({
  imports: [SessionsModule, UsersModule],
  controllers: [
    SignInPageController,
    AccountController,
    AccountIdentitiesController,
    AccountSessionsController,
    SeparateController,
  ],
  providers: [Look, PageRenderer, { provide: ErrorPages, useClass: HtmlErrorPages }],
  exports: [ErrorPages],
})
export class PagesModule {}
