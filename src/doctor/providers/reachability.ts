import type { ProviderId } from '../../common/provider-id.js';
import { metadataSchema } from '../../auth/google/google-discovery.js';
import { sameIssuer } from '../../auth/same-issuer.js';
import { parseJson } from '../../common/parse-json.js';
import { ifEnabled, type ProvidersConfig } from '../../providers/registry.js';
import type { Answer, Reply } from '../ask.js';
import { broken, type Judgement, ok, warning } from '../finding.js';
import { explain } from '../network-failure.js';

/** An answer that takes longer than this makes people wait, in milliseconds. */
const SLOW_MS = 2000;

/**
 * What is asked of a provider with GET to see whether it is there: its discovery document, or its API. Nothing is sent
 * but the request.
 *
 * @returns null for a provider that is off
 */
export function probeUrl(id: ProviderId, config: ProvidersConfig): string | null {
  return ifEnabled(id, config, (definition, settings) => {
    const endpoints = definition.endpoints(settings);
    return endpoints.protocol === 'OpenID Connect'
      ? endpoints.discoveryUrl
      : new URL(endpoints.profileUrl).origin;
  });
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
  const wrong = ifEnabled(id, config, (definition, settings) =>
    definition.endpoints(settings).protocol === 'OpenID Connect'
      ? judgeDiscovery({ id, label, at, issuer: definition.issuer(settings) }, reply)
      : null,
  );
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
function judgeDiscovery(
  { id, label, at, issuer }: { id: ProviderId; label: string; at: string; issuer: string },
  { status, body }: Answer,
): Judgement | null {
  const variable = `${id.toUpperCase()}_ISSUER`;
  if (status !== 200) {
    return broken(
      `${label}: ${at} answers ${status}, and not with the discovery document.`,
      `Correct ${variable}, or leave it out.`,
    );
  }
  const document = metadataSchema.safeParse(parseJson(body)).data;
  if (document === undefined) {
    return broken(
      `${label}: ${at} is not a discovery document with https endpoints.`,
      `Correct ${variable}, or leave it out; see whether something between changes the answer.`,
    );
  }
  if (!sameIssuer(document.issuer, issuer)) {
    return broken(
      `${label}: the discovery document speaks for a different issuer from ${issuer}.`,
      `Set ${variable} to the issuer exactly as its document names it.`,
    );
  }
  return null;
}
