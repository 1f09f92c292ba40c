import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Response } from 'express';

/** What a compressed answer unpacks to: well over what a client should take, and made in a moment. */
const BOMB_BYTES = 8 * 1024 * 1024;

/** One whole answer, before it is sent. `type` is the content type with its charset, as the provider writes it. */
export interface Answer {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

/** The faults whose shape is the provider's own. */
export interface OwnAnswers {
  error: Answer;
  refused: Answer;
  rate_limited: Answer;
}

/** What a parser that only looks for names would take for an answer, in JSON's and in OAuth 1.0a's shape. */
const believable = {
  access_token: 'ya29.from-a-broken-answer',
  token_type: 'Bearer',
  oauth_token: '1-from-a-broken-answer',
  oauth_token_secret: 'from-a-broken-answer',
  user_id: '1',
  screen_name: 'nobody',
};

const trap = new URLSearchParams(believable).toString();
const page = `<!doctype html><title>Sign in</title><p>It works!<!-- &${trap}& --></p>\n`;

/** Ways to pack a good answer that nobody has asked to be packed, as RFC 9110 §12.5.3 allows. */
const codings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

type Coding = keyof typeof codings;

const isCoding = (fault: unknown): fault is Coding => Object.hasOwn(codings, String(fault));

export function send(res: Response, answer: Answer): void {
  res.status(answer.status).set({ 'Content-Type': answer.type, ...answer.headers });
  const coding: unknown = res.locals['coding'];
  if (!isCoding(coding)) return void res.end(answer.body);
  res.set('Content-Encoding', coding).end(codings[coding](answer.body));
}

/**
 * A JSON answer.
 * @param body what JSON.stringify takes
 */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body), headers };
}

function drip(res: Response): void {
  const text = JSON.stringify(believable);
  let sent = 0;
  res.status(200).type('json');
  res.write(text.charAt(sent));
  const timer = setInterval(() => {
    sent += 1;
    if (sent < text.length) res.write(text.charAt(sent));
    else res.end();
  }, 1000);
  timer.unref();
  res.on('close', () => clearInterval(timer));
}

const sendHtml = (res: Response, status: number, body: string): void =>
  send(res, { status, type: 'text/html; charset=utf-8', body });

const unavailable =
  '<!doctype html><title>Service unavailable</title><h1>503. That’s an error.</h1>\n';

/** The ways in which any back-channel answer can go wrong as a whole. */
const answerFaults = {
  error: (res: Response, own: OwnAnswers) => send(res, own.error),
  refused: (res: Response, own: OwnAnswers) => send(res, own.refused),
  rate_limited: (res: Response, own: OwnAnswers) => send(res, own.rate_limited),
  timeout: () => undefined,
  slow: drip,
  malformed: (res: Response) => sendHtml(res, 200, page),
  // The target looks like a good answer, so that a client which follows gets caught.
  redirect: (res: Response) => res.redirect(302, `${res.req.baseUrl}/elsewhere`),
  huge: (res: Response) =>
    send(res, json(200, { ...believable, padding: 'a'.repeat(2 * 1024 * 1024) })),
  gzip_bomb(res: Response) {
    const bomb = JSON.stringify({ ...believable, padding: 'a'.repeat(BOMB_BYTES) });
    res.status(200).type('json').set('Content-Encoding', 'gzip');
    res.end(gzipSync(bomb, { level: 1 }));
  },
  '5xx': (res: Response) => sendHtml(res, 503, unavailable),
  unavailable: (res: Response) => void res.req.socket.destroy(),
};

/** A fault that is sent instead of a good answer. */
export type AnswerFault = keyof typeof answerFaults | Coding;

/** Tells a fault that replaces the answer from one that hides in a good answer. */
export function isAnswerFault(fault: string): fault is AnswerFault {
  return Object.hasOwn(answerFaults, fault) || isCoding(fault);
}

/**
 * Answers the request the wrong way, or leaves it hanging.
 * @returns false for no fault, and for faults that live inside a good answer.
 */
export function answerWithFault(
  res: Response,
  fault: string | undefined,
  own: OwnAnswers,
): boolean {
  if (fault === undefined || !isAnswerFault(fault)) return false;
  if (isCoding(fault)) {
    res.locals['coding'] = fault;
    return false;
  }
  answerFaults[fault](res, own);
  return true;
}

/** Where the `redirect` fault leads. Nobody should come here. */
export function elsewhere(res: Response): void {
  send(res, json(200, believable));
}
