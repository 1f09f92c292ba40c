import { applyDecorators, Catch, Header, Injectable } from '@nestjs/common';
import { ProblemFilter } from '../common/errors/problem.filter.js';
import { pagePolicy } from './styles.js';

/** Lets a handler answer with a page, and names the policy for what the page may load. */
export function Page(policy = pagePolicy): MethodDecorator {
  return applyDecorators(
    Header('Content-Security-Policy', policy),
    Header('Content-Type', 'text/html; charset=utf-8'),
  );
}

/** Answers failures on the account page's routes: always with a page, whatever the client says that it accepts. */
@Injectable()
@Catch()
export class PageErrorFilter extends ProblemFilter {
  protected override answersWithPage(): boolean {
    return true;
  }
}
