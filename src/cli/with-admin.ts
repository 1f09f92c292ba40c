import type { Type } from '@nestjs/common';
import type { Environment } from '../config/load-config.js';
import type { UserAdminService } from '../users/user-admin.service.js';

/**
 * Runs a command with one of the service's own. It is loaded only now: help and mistakes are answered at once.
 *
 * @throws as `openServices`; what the work throws
 */
export async function withService<S, T>(
  environment: Environment,
  load: () => Promise<Type<S>>,
  work: (service: S) => Promise<T>,
): Promise<T> {
  const { openServices } = await import('./services.js');
  const type = await load();
  const services = await openServices(environment);
  try {
    return await work(services.get(type, { strict: false }));
  } finally {
    await services.close();
  }
}

/** Runs a command with the operator's service. */
export function withAdmin<T>(
  environment: Environment,
  work: (admin: UserAdminService) => Promise<T>,
): Promise<T> {
  return withService(
    environment,
    async () => (await import('../users/user-admin.service.js')).UserAdminService,
    work,
  );
}
