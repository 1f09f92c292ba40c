import { metadataSchema } from '../../auth/google/google-discovery.js';
import { googleDiscoveryUrl } from '../../auth/google/google.endpoints.js';
import { sameIssuer } from '../../auth/same-issuer.js';
import { parseJson } from '../../common/parse-json.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { ProvidersConfig } from '../../config/config.js';
import type { Reply } from '../ask.js';
import { broken, type Judgement, ok, warning } from '../finding.js';
import { explain } from '../network-failure.js';

type Answer = Extract<Reply, { kind: 'answered' }>;

/** An answer that takes longer than this makes people wait, in milliseconds. */
const SLOW_MS = 2000;

/**
 * What is asked of a provider to see whether it is there: Google's discovery document, the other two's API host. Nothing
 * is sent but the request.
 *
 * @returns null for a provider that is off
 */
export function probeUrl(
  id: ProviderId,
  { google, twitter, facebook }: ProvidersConfig,
): string | null {
  const urls: Record<ProviderId, string | undefined> = {
    google: google === null ? undefined : googleDiscoveryUrl(google),
    twitter: twitter?.apiUrl,
    facebook: facebook?.graphUrl,
  };
  return urls[id] ?? null;
}

/**
 * Judges whether a provider can be reached, and whether it is the one that is meant.
 *
 * @param at what was asked
 */
export function judgeReachability(
  { id, label, at }: { id: ProviderId; label: string; at: string },
  config: ProvidersConfig,
  reply: Reply,
): Judgement {
  const { host } = new URL(at);
  if (reply.kind === 'failed') {
    const { seen, action } = explain(reply.error);
    return broken(`${label}: ${host} ${seen}.`, action);
  }
  if (reply.status >= 500) {
    return warning(
      `${label}: ${host} answers ${reply.status}.`,
      'Look at the provider’s status page, and try again later.',
    );
  }
  const wrong = id === 'google' ? judgeDiscovery(config.google?.issuer ?? '', at, reply) : null;
  if (wrong !== null) return wrong;
  const ms = reply.answeredAt - reply.sentAt;
  return ms > SLOW_MS
    ? warning(
        `${label}: ${host} took ${ms} ms to answer; people wait that long.`,
        'Look at this machine’s way to it: DNS, IPv6 without a route, proxy.',
      )
    : ok(`${label}: ${host} answers (${ms} ms).`);
}

/** The document has to be about the configured issuer and name the endpoints (OpenID Connect Discovery §4.3). */
function judgeDiscovery(issuer: string, at: string, { status, body }: Answer): Judgement | null {
  if (status !== 200) {
    return broken(
      `Google: ${at} answers ${status}, and not with the discovery document.`,
      'Correct GOOGLE_ISSUER, or leave it out.',
    );
  }
  const document = metadataSchema.safeParse(parseJson(body)).data;
  if (document === undefined) {
    return broken(
      `Google: ${at} is not a discovery document with https endpoints.`,
      'Correct GOOGLE_ISSUER, or leave it out; see whether something between changes the answer.',
    );
  }
  if (!sameIssuer(document.issuer, issuer)) {
    return broken(
      `Google: the discovery document speaks for another issuer than ${issuer}.`,
      'Set GOOGLE_ISSUER to the issuer exactly as its document names it.',
    );
  }
  return null;
}
