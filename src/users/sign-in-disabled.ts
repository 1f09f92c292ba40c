import { AppError } from '../common/errors/app-error.js';

/** A proven identity that may not sign in, because its user is disabled. It says whose record of activity tells of it. */
export class SignInDisabled extends AppError {
  constructor(readonly userId: string) {
    super('account_disabled');
  }
}
