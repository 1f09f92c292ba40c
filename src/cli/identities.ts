import type { Command } from 'commander';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import type { Environment } from '../config/load-config.js';
import { CommandFailure, USAGE } from './failure.js';
import {
  type ConfirmOptions,
  confirm,
  note,
  type OutputOptions,
  printJson,
  printLines,
  table,
} from './output.js';
import { withService } from './with-admin.js';

type ConfirmedOptions = ConfirmOptions & OutputOptions;

/** `latchkey identities …`: who vouches for people's identities. */
export function addIdentities(program: Command, environment: Environment): void {
  const identities = program
    .command('identities')
    .description('show who vouches for people’s identities, and change it');
  identities
    .command('list')
    .description('count the identities of each issuer')
    .option('--json', 'print one JSON document: an array of issuers')
    .action((options: OutputOptions) => list(environment, options));
  addChange(identities, environment, {
    name: 'rekey',
    description:
      'give an issuer’s identities to the one that is configured now: the same provider under a new address',
    question: (issuer) => `Give all identities of ${issuer} to the issuer that is configured now?`,
  });
  addChange(identities, environment, {
    name: 'retire',
    description: 'set an issuer’s identities aside: nobody signs in with them any more',
    question: (issuer) => `Set all identities of ${issuer} aside?`,
  });
}

function list(environment: Environment, { json }: OutputOptions): Promise<void> {
  return withService(environment, issuers, async (service) => {
    const counts = await service.list();
    if (json === true) return printJson(counts);
    if (counts.length === 0) return note('There are no identities.');
    const rows = counts.map(({ provider, issuer, identities, active }) => [
      provider,
      issuer,
      String(identities),
      active ? 'configured' : '',
    ]);
    printLines(table(['PROVIDER', 'ISSUER', 'IDENTITIES', ''], rows));
  });
}

function addChange(
  identities: Command,
  environment: Environment,
  {
    name,
    description,
    question,
  }: { name: 'rekey' | 'retire'; description: string; question: (issuer: string) => string },
): void {
  identities
    .command(name)
    .description(description)
    .argument('<provider>')
    .argument('<issuer>', 'as latchkey identities list shows it')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string, issuer: string, options: ConfirmedOptions) => {
      const provider = providerFrom(id);
      return withService(environment, issuerChanges, async (changes) => {
        await confirm(question(issuer), options);
        const changed =
          name === 'retire'
            ? await changes.retire(provider, issuer)
            : await changes.rekeyToConfigured(provider, issuer);
        if (options.json === true) return printJson({ provider, issuer, identities: changed });
        printLines([`Identities changed: ${changed}.`]);
      });
    });
}

export function providerFrom(id: string): ProviderId {
  if (!isProviderId(id)) throw new CommandFailure(`There is no provider ${id}.`, USAGE);
  return id;
}

async function issuers() {
  return (await import('../users/issuers.service.js')).IssuersService;
}

async function issuerChanges() {
  return (await import('../users/issuer-changes.service.js')).IssuerChangesService;
}
