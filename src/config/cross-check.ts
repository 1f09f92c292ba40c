import { providerIds } from '../common/provider-id.js';
import { logoRule } from './brand.js';
import type { Problem } from './config-error.js';
import { cookieDomainRule } from './cookie-domain.js';
import { tracingIsOn } from './tracing.js';
import { exposureRules } from './exposure.js';
import { clientIdVariable, clientSecretVariable } from './providers.js';
import { unheardAskers } from './token-askers.js';
import { defaults } from './variables.js';

/**
 * Validates rules across variables. Works on raw values, so that violations are reported together with malformed
 * values.
 *
 * @param set the variables that are set and not empty
 * @param malformed the variables already reported
 */
export function crossCheck(
  set: Readonly<Record<string, string | undefined>>,
  malformed: ReadonlySet<string>,
): Problem[] {
  const rules = [
    ...incompleteKeyPairs(set),
    ...sessionLifetimes(set),
    ...provenWithoutProof(set),
    ...managementPort(set),
    ...otlpProtocol(set),
    ...logoRule(set),
    ...unheardTokenAskers(set, malformed),
    ...cookieDomainRule(set, malformed),
    ...exposureRules(set, malformed),
  ];
  return rules.filter(({ variable }) => !malformed.has(variable));
}

function incompleteKeyPairs(set: Readonly<Record<string, string | undefined>>): Problem[] {
  return providerIds.flatMap((id) => {
    const [key, secret] = [clientIdVariable(id), clientSecretVariable(id)];
    if ((set[key] === undefined) === (set[secret] === undefined)) return [];
    const [present, missing] = set[key] === undefined ? [secret, key] : [key, secret];
    return [
      {
        variable: missing,
        needs: `is missing while ${present} is set: a provider needs both or neither`,
      },
    ];
  });
}

function sessionLifetimes(set: Readonly<Record<string, string | undefined>>): Problem[] {
  const idle = Number(set['SESSION_IDLE_SECONDS'] ?? defaults.idleSeconds);
  const absolute = Number(set['SESSION_ABSOLUTE_SECONDS'] ?? defaults.absoluteSeconds);
  if (set['SESSION_IDLE_SECONDS'] === undefined || !(idle > absolute)) return [];
  return [
    {
      variable: 'SESSION_IDLE_SECONDS',
      needs: `needs to be at most SESSION_ABSOLUTE_SECONDS (${absolute})`,
    },
  ];
}

function provenWithoutProof(set: Readonly<Record<string, string | undefined>>): Problem[] {
  if (set['RECENT_SIGN_IN_ASSURANCE'] !== 'proven' || set['GOOGLE_AUTH_TIME'] === 'on') return [];
  return [
    {
      variable: 'RECENT_SIGN_IN_ASSURANCE',
      needs:
        'is proven, which needs GOOGLE_AUTH_TIME=on: no other provider signs when people authenticate',
    },
  ];
}

function unheardTokenAskers(
  set: Readonly<Record<string, string | undefined>>,
  malformed: ReadonlySet<string>,
): Problem[] {
  if (malformed.has('PUBLIC_URL') || malformed.has('PORT') || malformed.has('ALLOWED_ORIGINS'))
    return [];
  return unheardAskers(
    set,
    set['PUBLIC_URL'] ?? `http://localhost:${set['PORT'] ?? defaults.port}`,
  );
}

function managementPort(set: Readonly<Record<string, string | undefined>>): Problem[] {
  const port = set['MANAGEMENT_PORT'];
  if (port === undefined || Number(port) !== Number(set['PORT'] ?? defaults.port)) return [];
  return [
    {
      variable: 'MANAGEMENT_PORT',
      needs: 'needs to be a different port from PORT, which is public',
    },
  ];
}

/** Only OpenTelemetry's default protocol is built in, and the exporter would use it whatever is configured. */
function otlpProtocol(set: Readonly<Record<string, string | undefined>>): Problem[] {
  if (!tracingIsOn(set)) return [];
  return ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'].flatMap(
    (variable) =>
      [undefined, 'http/protobuf'].includes(set[variable])
        ? []
        : [{ variable, needs: 'needs http/protobuf: no other protocol is built in' }],
  );
}
