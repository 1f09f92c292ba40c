import type { Request, RequestHandler, Response } from 'express';

/** Middleware that runs some, one after the other. Express's router would match each of them against the path first. */
export function inOrder(...handlers: RequestHandler[]): RequestHandler {
  return (request, response, next) => run(handlers, 0, request, response, next);
}

function run(
  handlers: readonly RequestHandler[],
  at: number,
  request: Request,
  response: Response,
  done: (error?: unknown) => void,
): void {
  const handler = handlers[at];
  if (handler === undefined) {
    done();
    return;
  }
  void handler(request, response, (error?: unknown) => {
    if (error === undefined) run(handlers, at + 1, request, response, done);
    else done(error);
  });
}
