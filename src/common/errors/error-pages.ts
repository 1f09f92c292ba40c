import type { Request, Response } from 'express';
import type { AppError } from './app-error.js';

/** Answers failures to people who navigate, in words on a page. Provided where the pages are on. */
export abstract class ErrorPages {
  /** Sends the answer: the error's status with a page, or a redirect to where the person can go on. */
  abstract answer(error: AppError, request: Request, response: Response): void | Promise<void>;
}
