import { isLoopbackOrigin } from '../common/origins.js';
import type { Problem } from './config-error.js';
import { handoverTargets, isTargetOrigin } from './handover-targets.js';
import { sandboxIsOn } from './providers.js';
import { tokenAudiences } from './token-audiences.js';

/** Origins that are to ask for tokens and could not: whose requests with a cookie are refused. */
export function unheardAskers(
  set: Readonly<Record<string, string | undefined>>,
  publicUrl: string,
): Problem[] {
  const audiences = tokenAudiences.safeParse(set['TOKEN_AUDIENCES'] ?? 'none').data ?? [];
  const allowed = (set['ALLOWED_ORIGINS'] ?? '').split(',').map((origin) => origin.trim());
  const heard = new Set([...allowed, new URL(publicUrl).origin]);
  const targets = handoverTargets.safeParse(set['HANDOVER_TARGETS'] ?? '').data ?? [];
  const isOnMachine = sandboxIsOn(set, publicUrl);
  const unheard = audiences
    .flatMap(({ askers }) => askers ?? [])
    .filter((origin) => !heard.has(origin) && !isTargetOrigin(targets, origin))
    .filter((origin) => !(isOnMachine && isLoopbackOrigin(origin)));
  return [...new Set(unheard)].map((origin) => ({
    variable: 'TOKEN_AUDIENCES',
    needs: `lets ${origin} ask, which is neither PUBLIC_URL's origin nor in ALLOWED_ORIGINS nor a target of HANDOVER_TARGETS: add it there, or take it out here`,
  }));
}
