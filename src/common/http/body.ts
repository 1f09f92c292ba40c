import { json, type RequestHandler, urlencoded } from 'express';
import { AppError } from '../errors/app-error.js';

const LIMIT = '32kb';
const parseJson = json({ limit: LIMIT });
const parseForm = urlencoded({ extended: false, limit: LIMIT });

/** Parses JSON and form bodies of at most 32 KB. A request without a body skips the parsers. */
export const bodyParser: RequestHandler = (request, response, next) => {
  const { headers } = request;
  const hasBody =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody) next();
  else if (request.is('json')) parseJson(request, response, next);
  else if (request.is('urlencoded')) parseForm(request, response, next);
  else next(new AppError('unsupported_media_type'));
};
