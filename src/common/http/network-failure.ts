import { isNativeError } from 'node:util/types';

/** Why a request, or a connection to the database, came to nothing. */
export interface NetworkFailure {
  /** A phrase that follows the name of a host. */
  seen: string;
  action: string;
}

type Entry = readonly [codes: RegExp, seen: string, action: string];

const UNTRUSTED: Entry = [
  /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_|EPROTO|ERR_SSL/,
  'has a certificate that is not trusted',
  'Serve the whole chain for this name; for an authority of your own, set NODE_EXTRA_CA_CERTS.',
];

const START_IT = 'Check that it runs, and that this machine may reach it: address, port, firewall.';

/** By the codes of Node.js, undici and OpenSSL; the more specific ones come first. */
const FAILURES: readonly Entry[] = [
  [
    /^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA)$/,
    'has no address',
    'Check the name, and the DNS of this machine.',
  ],
  [
    /^(?:ETIMEDOUT|TimeoutError|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|ConnectTimeoutError)$/,
    'did not answer in time',
    'Check that this machine may reach it: firewall, egress rules, proxy.',
  ],
  [
    /^CERT_HAS_EXPIRED$/,
    'has a certificate that has expired',
    'Renew the certificate; if it is new, check this machine’s clock.',
  ],
  [
    /ALTNAME|HOSTNAME_MISMATCH/,
    'has a certificate for another name',
    'Use the name that the certificate is for, or get one for this name.',
  ],
  UNTRUSTED,
  // ENOENT: the Unix socket of a server that does not run.
  [
    /^(?:ECONNREFUSED|ENOENT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    'cannot be connected to',
    START_IT,
  ],
];

/** Explains what undici, pg or TLS threw by its code alone: its text may hold what was sent. */
export function explainNetworkFailure(
  thrown: unknown,
  fallback: NetworkFailure = { seen: 'cannot be asked', action: START_IT },
): NetworkFailure {
  const code = codeOf(thrown);
  const [, seen, action] = entryOf(code) ?? [null, fallback.seen, fallback.action];
  return { seen: `${seen} (${code})`, action };
}

/** Whether it is a certificate of an unknown authority. */
export function isUntrusted(thrown: unknown): boolean {
  return entryOf(codeOf(thrown)) === UNTRUSTED;
}

function entryOf(code: string): Entry | undefined {
  return FAILURES.find(([codes]) => codes.test(code));
}

/** The code of an error, or of the first one beneath it that has one; otherwise its name. */
export function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return 'unknown';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  if ('errors' in thrown && Array.isArray(thrown.errors) && thrown.errors.length > 0) {
    return codeOf(thrown.errors[0]);
  }
  if ('cause' in thrown && thrown.cause !== undefined) return codeOf(thrown.cause);
  return 'name' in thrown && typeof thrown.name === 'string' ? thrown.name : 'unknown';
}

/** Gives the failure of several addresses, which Node leaves without a message, those of each. */
export function withMessage(thrown: unknown): unknown {
  if (isNativeError(thrown) && thrown.message === '' && 'errors' in thrown) {
    const { errors } = thrown as AggregateError;
    thrown.message = errors
      .map((each: unknown) => (isNativeError(each) ? each.message : ''))
      .join('; ');
  }
  return thrown;
}
