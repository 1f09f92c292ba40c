import type { Request, RequestHandler, Response } from 'express';

/** Chains middleware. Express's router would match the path again for each one. */
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
