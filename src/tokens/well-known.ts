import type { RequestHandler } from 'express';
import type { PublicUrl } from '../config/config.js';

const METADATA = '/.well-known/oauth-authorization-server';

/** The documents that anybody may read, from any origin, as often as they like. */
export function openDocuments({ prefix }: PublicUrl): ReadonlySet<string> {
  return new Set(['/.well-known/jwks.json', METADATA].map((path) => prefix + path));
}

/** Finds the metadata of an issuer with a path where RFC 8414 §3.1 has it: the well-known part before the issuer's path. */
export function findMetadata({ prefix }: PublicUrl): RequestHandler {
  return (request, _response, next) => {
    if (request.path === METADATA + prefix) request.url = prefix + METADATA;
    next();
  };
}
