import type { Request } from 'express';
import type { PublicUrl } from '../config/config.js';
import {
  accountPath,
  below,
  confirmationPaths,
  exportPath,
  hasConfirmation,
} from './account-paths.js';

/** What a request is for that takes a new sign-in. */
export interface Intent {
  what: 'connect' | 'disconnect' | 'export' | 'delete' | null;
  provider: string | null;
  /** The page that asks for it: null where there is none. */
  question: string | null;
}

/** Read from the path of a question, or of the form that a page of ours sends. */
export function askedFor(
  { method, path }: Pick<Request, 'method' | 'path'>,
  publicUrl: Pick<PublicUrl, 'prefix'>,
): Intent {
  const account = accountPath(publicUrl);
  const { connect, disconnect, deleteAccount, exportData } = confirmationPaths;
  const rest = below(path, account) ?? '';
  const at = (what: Intent['what'], page: string, provider: string | null = null): Intent => ({
    what,
    provider,
    question: `${account}/${page}`,
  });
  if (path === exportPath(publicUrl) || rest === exportData) {
    return at('export', exportData);
  }
  if (rest === deleteAccount) return at('delete', deleteAccount);
  const linked = /^\/auth\/([^/]+)\/link$/.exec(path.slice(publicUrl.prefix.length))?.[1];
  const asked = /^(connect|disconnect)\/([^/]+)$/.exec(rest);
  const provider = linked ?? asked?.[2];
  if (provider !== undefined && asked?.[1] === 'disconnect') {
    return at('disconnect', disconnect(provider), provider);
  }
  if (provider !== undefined) return at('connect', connect(provider), provider);
  const asks = method === 'GET' || hasConfirmation(path, account);
  return { what: null, provider: null, question: asks && rest !== '' ? path : null };
}
