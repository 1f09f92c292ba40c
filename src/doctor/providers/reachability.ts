import { metadataSchema } from '../../auth/google/google-discovery.js';
import { sameIssuer } from '../../auth/same-issuer.js';
import { explainNetworkFailure } from '../../common/http/network-failure.js';
import { parseJson } from '../../common/parse-json.js';
import type { ProviderId } from '../../common/provider-id.js';
import { ifEnabled, type ProvidersConfig, providers } from '../../providers/registry.js';
import { broken, ok, type Result, warning } from '../check.js';
import type { HttpResponse, Reply } from '../http.js';

const SLOW_MS = 2000;

/** What is asked to see whether a provider is reachable. */
export interface Probe {
  /** Its discovery document, or the root of its API. */
  url: string;
  /** The configured issuer, for OpenID Connect. */
  issuer: string | null;
}

/** Null for a provider that is off. */
export function probeOf(id: ProviderId, config: ProvidersConfig): Probe | null {
  return ifEnabled(id, config, (definition, settings) => {
    const endpoints = definition.endpoints(settings);
    return 'discoveryUrl' in endpoints
      ? { url: endpoints.discoveryUrl, issuer: endpoints.issuer }
      : { url: new URL(endpoints.profileUrl).origin, issuer: null };
  });
}

export function checkReachability(id: ProviderId, { url, issuer }: Probe, reply: Reply): Result {
  const name = `${providers[id].label}: ${new URL(url).host}`;
  if (reply.kind === 'failed') {
    const { seen, action } = explainNetworkFailure(reply.error);
    return broken(`${name} ${seen}.`, action);
  }
  if (reply.status >= 500) {
    return warning(
      `${name} answers ${reply.status}.`,
      'Look at the provider’s status page, and try again later.',
    );
  }
  const wrong = issuer === null ? null : checkDiscovery(id, { url, issuer }, reply);
  if (wrong !== null) return wrong;
  const ms = reply.answeredAt - reply.sentAt;
  return ms > SLOW_MS
    ? warning(
        `${name} took ${ms} ms to answer; people wait that long.`,
        'Look at this machine’s way to it: DNS, IPv6 without a route, proxy.',
      )
    : ok(`${name} answers (${ms} ms).`);
}

/** OpenID Connect Discovery §4.3. */
function checkDiscovery(
  id: ProviderId,
  { url, issuer }: { url: string; issuer: string },
  { status, body }: HttpResponse,
): Result | null {
  const { label } = providers[id];
  const variable = `${id.toUpperCase()}_ISSUER`;
  if (status !== 200) {
    return broken(
      `${label}: ${url} answers ${status}, and not with the discovery document.`,
      `Correct ${variable}, or leave it out.`,
    );
  }
  const document = metadataSchema.safeParse(parseJson(body)).data;
  if (document === undefined) {
    return broken(
      `${label}: ${url} is not a discovery document with https endpoints.`,
      `Correct ${variable}, or leave it out; see whether something between changes the answer.`,
    );
  }
  if (sameIssuer(document.issuer, issuer)) return null;
  return broken(
    `${label}: the discovery document is for a different issuer from ${issuer}.`,
    `Set ${variable} to the issuer exactly as its document names it.`,
  );
}
