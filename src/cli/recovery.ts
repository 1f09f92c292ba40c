import type { Command } from 'commander';
import type { ProviderId } from '../common/provider-id.js';
import { toTimestamp } from '../common/timestamp.js';
import type { Environment } from '../config/load-config.js';
import type { RecoveryService, RefusedIdentity } from '../users/recovery.service.js';
import { nameOf } from './describe-user.js';
import { CommandFailure } from './failure.js';
import { providerFrom } from './identities.js';
import {
  confirm,
  type ConfirmOptions,
  type OutputOptions,
  printJson,
  printLines,
} from './output.js';
import { withAdmin, withService } from './with-admin.js';

type ConfirmedOptions = ConfirmOptions & OutputOptions;

/** For people whose account at a provider is gone, while its address lives on in another one. */
export function addRecovery(users: Command, environment: Environment): void {
  users
    .command('move-identity')
    .description(
      'put the account of a provider that was refused at a user’s address in the place of the one they have connected',
    )
    .argument('<user-id>')
    .argument('<provider>')
    .argument('[subject]', 'which one, where several were refused')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string, name: string, subject: string | undefined, options: ConfirmedOptions) =>
      moveIdentity(environment, { id, provider: providerFrom(name), subject }, options),
    );
  users
    .command('release-address')
    .description('take a verified address from a user, for whoever has its mailbox now')
    .argument('<user-id>')
    .argument('<address>')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string, address: string, options: ConfirmedOptions) =>
      releaseAddress(environment, id, address, options),
    );
}

interface Move {
  id: string;
  provider: ProviderId;
  subject: string | undefined;
}

async function moveIdentity(
  environment: Environment,
  { id, provider, subject: wanted }: Move,
  options: ConfirmedOptions,
): Promise<void> {
  const name = await nameIn(environment, id);
  await withRecovery(environment, async (recovery) => {
    const subject = wanted ?? onlyOne(await recovery.refused(id, provider), provider);
    await confirm(`Let ${provider}:${subject} sign in as ${name} from now on?`, options);
    await recovery.moveIdentity(id, provider, subject);
    if (options.json === true) return printJson({ id, provider, subject, moved: true });
    printLines([`${provider}:${subject} signs in as ${name} now.`]);
  });
}

async function releaseAddress(
  environment: Environment,
  id: string,
  address: string,
  options: ConfirmedOptions,
): Promise<void> {
  const name = await nameIn(environment, id);
  await withRecovery(environment, async (recovery) => {
    await confirm(`Take ${address} from ${name}, for whoever has its mailbox?`, options);
    await recovery.releaseAddress(id, address);
    if (options.json === true) return printJson({ id, address, released: true });
    printLines([`${address} is no longer verified as that of ${name}.`]);
  });
}

function onlyOne(refused: readonly RefusedIdentity[], provider: ProviderId): string {
  const [first, ...others] = refused;
  if (first === undefined) {
    throw new CommandFailure(
      `No account of ${provider} was refused at this user’s address. Have the person sign in with it, and repeat this.`,
    );
  }
  if (others.length === 0) return first.subject;
  const known = refused.map(({ subject, at }) => `${subject} (${toTimestamp(at)})`).join(', ');
  throw new CommandFailure(`Several were refused. Say which one: ${known}`);
}

function nameIn(environment: Environment, id: string): Promise<string> {
  return withAdmin(environment, async (admin) => nameOf(await admin.show(id)));
}

function withRecovery<T>(
  environment: Environment,
  work: (recovery: RecoveryService) => Promise<T>,
): Promise<T> {
  return withService(
    environment,
    async () => (await import('../users/recovery.service.js')).RecoveryService,
    work,
  );
}
