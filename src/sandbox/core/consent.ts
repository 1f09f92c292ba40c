import type { Request, RequestHandler, Response } from 'express';
import * as z from 'zod';
import { faultOptions, planOf } from './faults.js';
import { fieldsOf, acceptsJson } from './http.js';
import type { OpenLedger } from './ledger.js';
import { sendErrorPage, sendPage } from './pages.js';
import {
  accountOf,
  addressTag,
  people,
  personFields,
  personFrom,
  problemsOf,
  typedPersonSchema,
} from './people.js';
import type { Account, ConsentQuestion, ProviderDescription, SandboxClient } from './provider.js';
import { randomBase64url } from './oauth.js';

const decisionSchema = z.object({
  decision: z.enum(['allow', 'deny']),
  /** Key of a ready-made person; '' is "someone else", who is then typed. */
  person: z.string().max(100).default(''),
  fault: z.string().max(100).default('none'),
});

/** What the form starts with: a hint that names a ready-made person chooses them, another one is typed for you. */
function startValues(hint: string | null, accounts: readonly Account[]): Record<string, string> {
  if (!hint) return { person: 'ada' };
  const known = accounts.find(
    ({ email, username }) => email === hint.toLowerCase() || username === hint.toLowerCase(),
  );
  if (known) return { person: known.key };
  return hint.includes('@') ? { person: '', email: hint } : { person: '', username: hint };
}

/** The ready-made people as the page lists them. */
function rowsOf(provider: ProviderDescription, accounts: readonly Account[]) {
  const { fields } = provider.people;
  const hasField = (name: string) => fields.some((field) => field.name === name);
  return accounts.map((account) => {
    const { key, name, username, email, emailVerified, own, picture } = account;
    const tags = fields.flatMap((field) => (field.tag && own[field.name] ? [field.tag] : []));
    const known = addressTag(account);
    const isUnverified = email !== null && !emailVerified;
    return {
      key,
      name,
      picture,
      tag: tags[0] ?? known,
      warning:
        isUnverified && hasField(personFields.emailVerified.name)
          ? 'Email not verified'
          : undefined,
      details: [
        ...(hasField(personFields.username.name) ? [`@${username}`] : []),
        email ?? 'No email address',
      ],
    };
  });
}

/** Text fields as they were sent, to be shown again. */
function textOf(fields: unknown): Record<string, string> {
  const entries = Object.entries(typeof fields === 'object' && fields !== null ? fields : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

type Decision = { target: string | undefined } | { problems: string[] };

function decide(
  provider: ProviderDescription,
  question: ConsentQuestion,
  fields: object,
  url: string,
): Decision {
  const schema = typedPersonSchema(provider.people).extend(decisionSchema.shape);
  const { data: decision, error } = schema.safeParse({ ...fields, own: fields });
  if (error) {
    return { problems: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  }
  if (decision.decision === 'deny') return { target: question.deny() };
  const problems: string[] = [];
  const planned = planOf(provider, decision.fault);
  if (!planned) problems.push(`${provider.name} cannot fail in that way here.`);
  const { person: key, decision: _decision, fault: _fault, ...typed } = decision;
  const person = key === '' ? personFrom(typed) : people.find((ready) => ready.key === key);
  if (key === '') problems.push(...problemsOf(provider.people, typed));
  if (!person) problems.push('There is no such person.');
  if (!person || problems.length > 0) return { problems };
  return { target: question.allow(accountOf(provider, person, url), planned?.plan) };
}

interface Consent {
  /** Shows the page, or its JSON for scripts. */
  ask(req: Request, res: Response, question: ConsentQuestion): void;
  /** Takes the answer and sends the person back to the app. */
  answer: RequestHandler;
}

/** A provider's consent page with its open questions: each is answered once, within half an hour. */
export function createConsent(
  provider: ProviderDescription,
  client: SandboxClient,
  openLedger: OpenLedger,
  url: string,
): Consent {
  const accounts = people.map((person) => accountOf(provider, person, url));
  const open = openLedger<ConsentQuestion>({
    lifetimeMs: 30 * 60_000,
    newKey: () => randomBase64url(24),
  });

  const showPage = (
    res: Response,
    question: ConsentQuestion,
    request: string,
    values: Record<string, string>,
    problems: string[] = [],
  ): void => {
    sendPage(res, problems.length > 0 ? 400 : 200, 'consent', {
      provider: provider.id,
      providerName: provider.name,
      app: new URL(client.redirectUri).host,
      clientId: client.clientId,
      wants: question.wants,
      action: provider.consentPath,
      request,
      values: { fault: 'none', emailVerified: 'true', ...values },
      people: rowsOf(provider, accounts),
      fields: provider.people.fields,
      faultGroups: faultOptions(provider),
      problems,
    });
  };

  const refuse = (req: Request, res: Response): void => {
    const details = 'This request was answered before, has expired, or never was. Start again.';
    if (acceptsJson(req)) res.status(400).json({ error: 'unknown_request', message: details });
    else sendErrorPage(res, 400, provider, { title: 'Nothing to answer', details });
  };

  return {
    ask(req, res, question) {
      const request = open.issue(question);
      if (acceptsJson(req)) {
        const keys = people.map(({ key }) => key);
        res.json({ request, action: provider.consentPath, people: keys });
      } else {
        showPage(res, question, request, startValues(question.hint, accounts));
      }
    },

    answer(req, res) {
      const fields = fieldsOf(req);
      const values = textOf(fields);
      const request = values['request'] ?? '';
      const question = open.peek(request);
      if (!question) return refuse(req, res);
      const decision = decide(provider, question, fields, url);
      if ('problems' in decision) {
        // The request stays open: a slip on the form is not an answer.
        const { problems } = decision;
        if (acceptsJson(req)) res.status(400).json({ error: 'invalid_decision', problems });
        else showPage(res, question, request, values, problems);
        return;
      }
      open.spend(request);
      if (decision.target === undefined) return refuse(req, res);
      res.redirect(303, decision.target);
    },
  };
}
