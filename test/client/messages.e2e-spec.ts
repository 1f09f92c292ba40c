import { expect, it } from '@jest/globals';
import { errorCodes } from '../../client/src/codes.js';
import { errorMessage } from '../../client/src/messages.js';
import * as service from '../../src/common/errors/app-error.js';

it('has a sentence for every code that the service knows', () => {
  expect(errorCodes.toSorted()).toEqual(service.errorCodes.toSorted());
  for (const code of errorCodes) expect(errorMessage(code, 'de')).toMatch(/^[^_]+\p{P}$/u);
});
