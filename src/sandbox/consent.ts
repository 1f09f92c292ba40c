import type { Request, RequestHandler, Response } from 'express';
import * as z from 'zod';
import { faultGroups, planOf, type PlannedFault } from './consent-faults.js';
import { fieldsOf, acceptsJson } from './http.js';
import type { LedgerBook } from './ledger.js';
import { sendErrorPage, sendPage } from './pages.js';
import { people, subjectOf, type Person } from './people.js';
import { consentPath, providers, type SandboxProvider } from './provider.js';
import { randomBase64url } from './random.js';
import { personFrom, problemsOf, typedPersonSchema } from './typed-person.js';

/** What a provider asks a person, and where each answer leads. */
interface ConsentQuestion {
  provider: SandboxProvider;
  clientId: string;
  redirectUri: string;
  /** In words: what the app will get to see. */
  wants: string[];
  /** An address or username to start with. */
  hint: string | null;
  /** The redirect after "Allow"; undefined when the attempt is no longer there. */
  allow(person: Person, plan: PlannedFault | undefined): string | undefined;
  deny(): string | undefined;
}

const decisionSchema = typedPersonSchema.extend({
  request: z.string().max(200),
  decision: z.enum(['allow', 'deny']),
  /** Key of a ready-made person; '' is "someone else", who is then typed. */
  person: z.string().max(100).default(''),
  fault: z.string().max(100).default('none'),
});

type Decision = z.infer<typeof decisionSchema>;
type Choice = { person: Person; plan: PlannedFault | undefined } | { problems: string[] };

function choiceOf(provider: SandboxProvider, decision: Decision): Choice {
  const problems: string[] = [];
  const planned = planOf(provider, decision.fault);
  if (!planned) problems.push(`${providers[provider].name} cannot fail in that way here.`);
  let person: Person | undefined;
  if (decision.person === '') {
    problems.push(...problemsOf(provider, decision));
    person = personFrom(decision);
  } else {
    person = people.find(({ key }) => key === decision.person);
    if (!person) problems.push('There is no such person.');
  }
  return person && problems.length === 0 ? { person, plan: planned?.plan } : { problems };
}

/** What the form starts with: a hint that names a ready-made person chooses them, another one is typed for you. */
function startValues(hint: string | null): Record<string, string> {
  if (!hint) return { person: 'ada' };
  const known = people.find(
    ({ email, username }) => email === hint.toLowerCase() || username === hint.toLowerCase(),
  );
  if (known) return { person: known.key };
  return hint.includes('@') ? { person: '', email: hint } : { person: '', username: hint };
}

function showPage(
  res: Response,
  question: ConsentQuestion,
  request: string,
  values: Record<string, string>,
  problems: string[] = [],
): void {
  const { provider } = question;
  sendPage(res, problems.length > 0 ? 400 : 200, 'consent', {
    provider,
    providerName: providers[provider].name,
    app: new URL(question.redirectUri).host,
    clientId: question.clientId,
    wants: question.wants,
    action: consentPath(provider),
    request,
    values: { fault: 'none', emailVerified: 'true', ...values },
    people: people.map((person) => ({ ...person, subject: subjectOf(provider, person) })),
    faultGroups: faultGroups(provider),
    problems,
  });
}

/** Text fields as they were sent, to be shown again. */
function textOf(fields: unknown): Record<string, string> {
  const entries = Object.entries(typeof fields === 'object' && fields !== null ? fields : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function refuse(req: Request, res: Response, provider: SandboxProvider): void {
  const details = 'This request was answered before, has expired, or never was. Start again.';
  if (acceptsJson(req)) res.status(400).json({ error: 'unknown_request', message: details });
  else sendErrorPage(res, 400, provider, { title: 'Nothing to answer', details });
}

/** The page on which a person says who they are and whether they allow it; one for all providers. */
export interface Consent {
  /** Shows the page, or its JSON for scripts. */
  ask(req: Request, res: Response, question: ConsentQuestion): void;
  /** Takes the answer and sends the person back to the app. */
  decide(provider: SandboxProvider): RequestHandler;
}

/**
 * The consent page with its open questions: each is answered once, within half an hour.
 * @param book keeps the open questions, so that a reset forgets them
 */
export function createConsent(book: LedgerBook): Consent {
  const open = book.open<ConsentQuestion>({
    lifetimeMs: 30 * 60_000,
    newKey: () => randomBase64url(24),
  });

  return {
    ask(req, res, question) {
      const request = open.issue(question);
      if (acceptsJson(req)) {
        const keys = people.map(({ key }) => key);
        res.json({ request, action: consentPath(question.provider), people: keys });
      } else {
        showPage(res, question, request, startValues(question.hint));
      }
    },

    decide: (provider) => (req, res) => {
      const fields = fieldsOf(req);
      const parsed = decisionSchema.safeParse(fields);
      const values = textOf(fields);
      const request = values['request'] ?? '';
      const question = open.peek(request);
      if (question?.provider !== provider) return refuse(req, res, provider);

      const problems = (found: string[]): void => {
        // The request stays open: a slip on the form is not an answer.
        if (acceptsJson(req)) res.status(400).json({ error: 'invalid_decision', problems: found });
        else showPage(res, question, request, values, found);
      };
      if (!parsed.success) {
        return problems(parsed.error.issues.map((at) => `${at.path.join('.')}: ${at.message}`));
      }
      let target: string | undefined;
      if (parsed.data.decision === 'deny') {
        target = question.deny();
      } else {
        const choice = choiceOf(provider, parsed.data);
        if ('problems' in choice) return problems(choice.problems);
        target = question.allow(choice.person, choice.plan);
      }
      open.spend(request);
      if (target === undefined) return refuse(req, res, provider);
      res.redirect(303, target);
    },
  };
}
