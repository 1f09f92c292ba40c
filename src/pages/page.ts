import { applyDecorators, Catch, Header, Injectable } from '@nestjs/common';
import { ProblemFilter } from '../common/errors/problem.filter.js';
import { pagePolicy } from './styles.js';

/** Sets the headers of a page. */
export function Page(policy = pagePolicy): MethodDecorator {
  return applyDecorators(
    Header('Content-Security-Policy', policy),
    Header('Content-Type', 'text/html; charset=utf-8'),
    // With `no-referrer` a form of the page would send `Origin: null`, by which older browsers are recognised.
    Header('Referrer-Policy', 'same-origin'),
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
