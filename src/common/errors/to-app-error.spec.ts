import { describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  ForbiddenException,
  NotFoundException,
  UnauthorizedException,
} from '@nestjs/common';
import { AppError, messageOf } from './app-error.js';
import { toAppError } from './to-app-error.js';

const httpError = (status: unknown) => Object.assign(new Error('from the parser'), { status });

describe('toAppError', () => {
  it('returns an AppError unchanged', () => {
    const error = new AppError('last_identity');
    expect(toAppError(error)).toBe(error);
  });

  it.each([
    ['Nest’s 400', new BadRequestException('bad'), 'bad_request'],
    ['Nest’s 401', new UnauthorizedException('who'), 'unauthenticated'],
    ['Nest’s 404', new NotFoundException('Cannot GET /x'), 'not_found'],
    ['the parser’s 400', httpError(400), 'bad_request'],
    ['the parser’s 413', httpError(413), 'payload_too_large'],
    ['the parser’s 415', httpError(415), 'unsupported_media_type'],
    ['a client’s fault without a code of ours', new ForbiddenException('no'), 'bad_request'],
    ['a status that is a text', httpError('400'), 'internal_error'],
    ['a status of 200', httpError(200), 'internal_error'],
    ['an error without a status', new TypeError('x is not a function'), 'internal_error'],
    ['a text', 'boom', 'internal_error'],
    ['nothing', undefined, 'internal_error'],
    ['an object that says it has a status', { status: 404 }, 'internal_error'],
  ])('maps %s to a code', (_name, thrown, code) => {
    expect(toAppError(thrown).code).toBe(code);
  });

  it.each([[new NotFoundException('Cannot GET /secret')], [new Error('password=hunter2')]])(
    'keeps the original as the cause, out of the response: %s',
    (thrown) => {
      const error = toAppError(thrown);
      expect(error.cause).toBe(thrown);
      expect(error.message).toBe(messageOf(error.code));
    },
  );
});
