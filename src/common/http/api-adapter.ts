import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';

/** Skips Express's `send` for JSON: an API response needs no type detection, ETag or range handling. */
export class ApiAdapter extends ExpressAdapter {
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!isJson(body)) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.statusCode = statusCode;
    return sendJson(response, body, 'application/json');
  }
}

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
