import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';

/** Nest on Express, whose `send` looks for much that an API's answer never has: a type to guess, an entity tag, a range. */
export class ApiAdapter extends ExpressAdapter {
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!isJson(body)) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.statusCode = statusCode;
    return sendJson(response, body, 'application/json');
  }
}

/** Ends an answer with JSON. */
export function sendJson(response: Response, body: object, type: string): Response {
  const text = JSON.stringify(body);
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  return response.end(text);
}

function isJson(body: unknown): body is object {
  if (typeof body !== 'object' || body === null) return false;
  return Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype;
}
