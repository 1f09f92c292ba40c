import { Catch, Header, Injectable } from '@nestjs/common';
import { ProblemFilter } from '../common/errors/problem.filter.js';

/** Says that an answer is a page; what it may load is set where it is rendered. */
export function Page(): MethodDecorator {
  return Header('Content-Type', 'text/html; charset=utf-8');
}

/** Answers failures on the account page's routes with a page, whatever the `Accept` header says. */
@Injectable()
@Catch()
export class PageErrorFilter extends ProblemFilter {
  protected override answersWithPage(): boolean {
    return true;
  }
}
