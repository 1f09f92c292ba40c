import { Global, Module } from '@nestjs/common';
import { ErrorPages } from '../common/errors/problem.filter.js';
import { PlainErrorPages } from './plain-error-pages.js';

/** What is left with PAGES=off: no navigation ends in JSON. */
@Global()
@Module({
  providers: [{ provide: ErrorPages, useClass: PlainErrorPages }],
  exports: [ErrorPages],
})
export class PlainPagesModule {}
