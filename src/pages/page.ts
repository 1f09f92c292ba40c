import { applyDecorators, Catch, Header, Injectable } from '@nestjs/common';
import { ProblemFilter } from '../common/errors/problem.filter.js';
import { pageHeaders } from '../common/http/page-headers.js';
import { pagePolicy } from './styles.js';

/** Sets the headers of a page. */
export function Page(policy = pagePolicy): MethodDecorator {
  return applyDecorators(
    ...Object.entries(pageHeaders(policy)).map(([name, value]) => Header(name, value)),
    Header('Content-Type', 'text/html; charset=utf-8'),
  );
}

/** Answers failures on the account page's routes with a page, whatever the `Accept` header says. */
@Injectable()
@Catch()
export class PageErrorFilter extends ProblemFilter {
  protected override answersWithPage(): boolean {
    return true;
  }
}
