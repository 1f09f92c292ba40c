/** Why a request had no answer, in words, and what to do about it. */
export interface NetworkFailure {
  /** A phrase that follows a host's name. */
  seen: string;
  action: string;
}

const RESOLVING = /^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA)$/;
/** ENOENT: the socket of a server that is on this machine, and does not run. */
const REFUSED =
  /^(?:ECONNREFUSED|ENOENT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/;
const LATE =
  /^(?:ETIMEDOUT|TimeoutError|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|ConnectTimeoutError)$/;
const EXPIRED = /^CERT_HAS_EXPIRED$/;
const OTHER_NAME = /ALTNAME|HOSTNAME_MISMATCH/;
const CERTIFICATE = /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_|EPROTO|ERR_SSL/;

/**
 * Explains what a request threw, by its code alone: texts may hold what was sent.
 *
 * @param thrown what undici or Node's TLS threw
 */
export function explain(thrown: unknown): NetworkFailure {
  const code = codeOf(thrown);
  if (RESOLVING.test(code)) {
    return {
      seen: `has no address (${code})`,
      action: 'Check the name, and the DNS of this machine.',
    };
  }
  if (LATE.test(code)) {
    return {
      seen: 'did not answer in time',
      action: 'Check that this machine may reach it: firewall, egress rules, proxy.',
    };
  }
  if (EXPIRED.test(code)) {
    return {
      seen: 'has a certificate that has expired',
      action: 'Renew the certificate; if it is new, check this machine’s clock.',
    };
  }
  if (OTHER_NAME.test(code)) {
    return {
      seen: `has a certificate for another name (${code})`,
      action: 'Use the name that the certificate is for, or get one for this name.',
    };
  }
  if (isUntrusted(code)) {
    return {
      seen: `has a certificate that is not trusted (${code})`,
      action:
        'Serve the whole chain for this name; for an authority of your own, set NODE_EXTRA_CA_CERTS.',
    };
  }
  return {
    seen: REFUSED.test(code) ? `cannot be connected to (${code})` : `cannot be asked (${code})`,
    action: 'Check that it runs, and that this machine may reach it: address, port, firewall.',
  };
}

/** Whether it is the certificate of the other side that nobody vouches for. */
export function isUntrusted(code: string): boolean {
  return CERTIFICATE.test(code) && !EXPIRED.test(code) && !OTHER_NAME.test(code);
}

/** The code of an error, or of the first one beneath it that has one. */
export function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return 'unknown';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  if ('errors' in thrown && Array.isArray(thrown.errors) && thrown.errors.length > 0) {
    return codeOf(thrown.errors[0]);
  }
  if ('cause' in thrown && thrown.cause !== undefined) return codeOf(thrown.cause);
  return 'name' in thrown && typeof thrown.name === 'string' ? thrown.name : 'unknown';
}
