import { Global, Module } from '@nestjs/common';
import { ErrorPages } from '../common/errors/problem.filter.js';
import { Look } from './look.js';
import { PlainErrorPages } from './plain-error-pages.js';

/** What is left with PAGES=off: no navigation ends in JSON. */
@Global()
@Module({
  providers: [Look, { provide: ErrorPages, useClass: PlainErrorPages }],
  exports: [ErrorPages],
})
export class PlainPagesModule {}
