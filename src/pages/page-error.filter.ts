import { Catch, Injectable } from '@nestjs/common';
import { ProblemFilter } from '../common/errors/problem.filter.js';

/** Answers failures on the account page's routes: always with a page, whatever the client says that it accepts. */
@Injectable()
@Catch()
export class PageErrorFilter extends ProblemFilter {
  protected override answersWithPage(): boolean {
    return true;
  }
}
