import type { Environment } from '../config/load-config.js';
import type { UserAdminService } from '../users/user-admin.service.js';

/**
 * Runs a command with the operator's service. It is loaded only now: help and mistakes are answered at once.
 *
 * @throws as `openServices`; what the work throws
 */
export async function withAdmin<T>(
  environment: Environment,
  work: (admin: UserAdminService) => Promise<T>,
): Promise<T> {
  const { openServices } = await import('./services.js');
  const { UserAdminService: Admin } = await import('../users/user-admin.service.js');
  const services = await openServices(environment);
  try {
    return await work(services.get(Admin, { strict: false }));
  } finally {
    await services.close();
  }
}
