import type { Request, Response } from 'express';
import type { AppError } from './app-error.js';

/** Answers failed navigations with an HTML page. Provided only where the pages are on. */
export abstract class ErrorPages {
  abstract answer(error: AppError, request: Request, response: Response): void | Promise<void>;
}
