import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Request, Response } from 'express';
import type { ActivityService } from '../activity/activity.service.js';
import { AppError } from '../common/errors/app-error.js';
import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { SocialProfile } from '../providers/social-profile.js';
import type { AccountLimits } from '../users/account-limits.js';
import { SignInRefused } from '../users/sign-in-errors.js';
import type { ClaimsRepository } from './attempts/claims.repository.js';
import type { SessionsService } from '../sessions/sessions.service.js';
import type { IdentitiesService } from '../users/identities.service.js';
import { createSeal } from '../common/seal.js';
import { attemptSchema } from './attempts/attempt.js';
import { PendingLinkService } from './pending-link.service.js';

const ADA = '0199c7d2-0000-7000-8000-00000000ada0';
const EVE = '0199c7d2-0000-7000-8000-00000000e0e0';
const [SECRET, OLDER] = [
  'newest-secret-0123456789-0123456789',
  'older-secret-0123456789-0123456789',
];

const profile: SocialProfile = {
  subject: '42',
  username: 'ada',
  displayName: 'Ada',
  email: { address: 'ada@example.test', trust: 'verified' },
  avatarUrl: 'https://pictures.test/ada.jpg',
  partial: false,
};

const configWith = (environment: Record<string, string> = {}): Config =>
  loadConfig({ NODE_ENV: 'test', SESSION_SECRET: SECRET, ATTEMPT_SECONDS: '60', ...environment });

interface Cookie {
  name: string;
  value: string;
  options: Record<string, unknown>;
}

let links: unknown[][];
let refusal: AppError | null;

beforeEach(() => {
  links = [];
  refusal = null;
});

afterEach(() => {
  jest.restoreAllMocks();
});

function serviceWith(config: Config): PendingLinkService {
  const identities = {
    link: async (...link: unknown[]) => {
      if (refusal !== null) throw refusal;
      links.push(link.slice(1));
    },
  };
  const claims = { claim: async () => true };
  const sessions = { assertActive: async () => undefined, clearWithSession: () => undefined };
  const activity = { record: async () => undefined };
  const limits = { connect: async () => undefined };
  const unitOfWork = { run: (work: (tx: unknown) => unknown) => work({}) };
  return new PendingLinkService(
    config,
    identities as unknown as IdentitiesService,
    sessions as unknown as SessionsService,
    activity as unknown as ActivityService,
    claims as unknown as ClaimsRepository,
    unitOfWork as unknown as UnitOfWork,
    limits as unknown as AccountLimits,
  );
}

async function offered(
  config = configWith(),
  changes: Partial<SocialProfile> = {},
): Promise<Cookie> {
  const cookies: Cookie[] = [];
  const response = {
    cookie: (name: string, value: string, options: Cookie['options']) =>
      cookies.push({ name, value, options }),
  };
  serviceWith(config).offer(
    response as unknown as Response,
    new SignInRefused(
      'twitter',
      { ...profile, ...changes },
      {
        action: 'refuse',
        code: 'account_exists',
        addressOwner: ADA,
        signInWith: 'google',
        canLink: true,
      },
    ),
  );
  const [cookie] = cookies;
  if (cookie === undefined) throw new Error('Nothing was left with the browser.');
  return cookie;
}

function requestWith(
  { name, value }: Pick<Cookie, 'name' | 'value'>,
  userId: string | null,
): Request {
  const signedIn = userId === null ? null : { userId };
  return {
    headers: { cookie: `${name}=${value}` },
    clientIp: '192.0.2.1',
    signedIn,
  } as unknown as Request;
}

const forgetful = { clearCookie: () => undefined } as unknown as Response;

describe('a pending link', () => {
  const shown = {
    provider: 'twitter',
    email: 'ada@example.test',
    emailVerified: true,
    displayName: 'Ada',
    username: 'ada',
  };

  it.each([
    ['nobody', null, shown],
    ['its owner', ADA, shown],
    ['somebody else', EVE, null],
  ])('is shown to %s as it should', async (_name, userId, expected) => {
    const cookie = await offered();
    const service = serviceWith(configWith());
    expect(service.summary(requestWith(cookie, userId))).toEqual(expected);
  });

  it('expires with the attempt, to the millisecond', async () => {
    const now = jest.spyOn(Date, 'now');
    now.mockReturnValue(1_700_000_000_000);
    const cookie = await offered();
    const summary = () => serviceWith(configWith()).summary(requestWith(cookie, ADA));
    now.mockReturnValue(1_700_000_060_000);
    expect(summary()).toEqual(shown);
    now.mockReturnValue(1_700_000_060_001);
    expect(summary()).toBeNull();
    expect(cookie.options).toMatchObject({ maxAge: 60_000 });
  });

  it('survives a rotation of the secret, and ends with the secret', async () => {
    const cookie = await offered(configWith({ SESSION_SECRET: OLDER }));
    const rotated = serviceWith(configWith({ SESSION_SECRET: `${SECRET},${OLDER}` }));
    expect(rotated.summary(requestWith(cookie, ADA))).toEqual(shown);
    expect(serviceWith(configWith()).summary(requestWith(cookie, ADA))).toBeNull();
  });

  it('rejects a value sealed for another purpose or of another shape', async () => {
    const { name } = await offered();
    const pendingShape = { provider: 'twitter', profile, userId: ADA, offeredAt: Date.now() };
    const attempt = createSeal([SECRET], 'attempt', attemptSchema) as unknown as {
      close(value: object): Promise<string>;
    };
    const pending = createSeal(
      [SECRET],
      'pending link',
      attemptSchema,
    ) as unknown as typeof attempt;
    const sealed = [
      await attempt.close(pendingShape),
      await pending.close({ ...pendingShape, provider: 'myspace' }),
      await pending.close({ ...pendingShape, userId: 'x' }),
      await pending.close({ ...pendingShape, offeredAt: '0' }),
      await pending.close({ ...pendingShape, profile: { ...profile, subject: {} } }),
    ];
    for (const value of sealed) {
      expect(serviceWith(configWith()).summary(requestWith({ name, value }, ADA))).toBeNull();
    }
  });

  it('has no address where the profile has none', async () => {
    const cookie = await offered(configWith(), { email: null });
    expect(serviceWith(configWith()).summary(requestWith(cookie, ADA))).toEqual({
      provider: 'twitter',
      email: null,
      emailVerified: false,
      displayName: 'Ada',
      username: 'ada',
    });
  });
});

describe('the cookie of a pending link', () => {
  it.each([
    ['http://localhost:3000', 'latchkey-pending', { secure: false, path: '/' }],
    ['https://id.example', '__Host-latchkey-pending', { secure: true, path: '/' }],
    ['https://id.example/sso', '__Secure-latchkey-pending', { secure: true, path: '/sso' }],
  ])('at %s is named %s', async (url, name, flags) => {
    const cookie = await offered(configWith({ PUBLIC_URL: url }));
    expect(cookie.name).toBe(name);
    expect(cookie.options).toMatchObject({ httpOnly: true, sameSite: 'lax', ...flags });
  });

  it('drops only a picture URL that would make it too long', async () => {
    const avatarUrl = `https://pictures.test/${'a'.repeat(2000)}`;
    const cookie = await offered(configWith(), { avatarUrl, displayName: '𝓐'.repeat(200) });
    expect(cookie.name.length + cookie.value.length).toBeLessThan(4096);
    await serviceWith(configWith()).confirm(requestWith(cookie, ADA), forgetful);
    const linked = { ...profile, displayName: '𝓐'.repeat(200), avatarUrl: null };
    expect(links).toEqual([[ADA, 'twitter', linked]]);
  });
});

describe('confirming a pending link', () => {
  it('links exactly the refused identity, to the signed-in user', async () => {
    const cookie = await offered();
    await serviceWith(configWith()).confirm(requestWith(cookie, ADA), forgetful);
    expect(links).toEqual([[ADA, 'twitter', profile]]);
  });

  it('links nothing for another user, or without a session', async () => {
    const cookie = await offered();
    const confirm = (userId: string | null) =>
      serviceWith(configWith()).confirm(requestWith(cookie, userId), forgetful);
    await expect(confirm(EVE)).rejects.toMatchObject({ code: 'not_found' });
    await expect(confirm(null)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(links).toEqual([]);
  });

  it('passes on the reason of a failure', async () => {
    refusal = new AppError('identity_in_use');
    const confirmed = serviceWith(configWith()).confirm(
      requestWith(await offered(), ADA),
      forgetful,
    );
    await expect(confirmed).rejects.toBe(refusal);
  });
});
