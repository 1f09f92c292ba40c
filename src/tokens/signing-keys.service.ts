import { Inject, Injectable, Logger } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';
import type { SigningKeysTable } from '../database/schema.js';
import { ConcurrentChange, UnitOfWork } from '../database/unit-of-work.js';
import {
  isHeld,
  type KnownKey,
  needsSuccessor,
  publishedUntil,
  signingNext,
  signingNow,
  signsAhead,
  type UsableKey,
} from './key-schedule.js';
import { SharedRead } from './shared-read.js';
import {
  makeSigningKey,
  openSigningKey,
  privateHalf,
  seal,
  type SigningKey,
} from './signing-key.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

/** How old what is known of the keys may be when one of them signs: another instance or the operator may have changed them. */
const FRESH_MS = 1000;

/** As many instances may make a key at the same time, each with another secret. */
const MAX_TRIES = 10;

/** The keys, the newest first, and the one that signs. */
interface Keys {
  readonly all: readonly KnownKey[];
  readonly signing: UsableKey;
}

/** The keys that sign tokens: one after the other, and all instances agree. */
@Injectable()
export class SigningKeysService {
  private readonly logger = new Logger('SigningKeys');
  private readonly published = new SharedRead(() => this.rows.all());
  private readonly fresh = new SharedRead(() => this.read());
  private last: { readonly keys: Keys; readonly at: number } | null = null;
  /** By the sealed private half. */
  private opened = new Map<string, SigningKey | null>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rows: SigningKeysRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The keys by which tokens that are not over can be verified, and those that will sign. */
  async toPublish(): Promise<SigningKeysTable[]> {
    const rows = await this.published.get();
    return rows.filter((row) => row.published_until > Date.now());
  }

  /** The key that signs now. It is published for as long as what it signs can last. */
  async signing(): Promise<SigningKey> {
    const isFresh = this.last !== null && Date.now() - this.last.at < FRESH_MS;
    const { signing } = isFresh && this.last !== null ? this.last.keys : await this.fresh.get();
    return signing.opened;
  }

  /** Sees to it that there is a key that signs, one that follows in time, and none that is over or sealed by an old secret. */
  async keepUp(): Promise<void> {
    const { all } = await this.fresh.get();
    for (const { row, opened } of all) {
      if (opened === null || opened.isSealedByNewest) continue;
      const sealed = seal(row.kid, privateHalf(opened), this.config);
      await this.rows.seal(row.kid, row.private_key, sealed);
    }
    const now = Date.now();
    if (needsSuccessor(all, now)) await this.make(all, signsAhead(now));
    await this.rows.deletePast(now);
  }

  /** All keys, the newest first, with the ones that sign now and next. */
  async list(): Promise<{
    all: readonly KnownKey[];
    signing: KnownKey | null;
    next: KnownKey | null;
  }> {
    const all = this.open(await this.rows.all());
    const now = Date.now();
    return { all, signing: signingNow(all, now), next: signingNext(all, now) ?? null };
  }

  /** Makes the key that follows; it signs once verifiers have had time to see it. Returns the one that waits already, if there is one. */
  async rotate(): Promise<SigningKeysTable> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const { all } = await this.fresh.get();
      const next = signingNext(all, Date.now());
      if (next !== undefined) return next.row;
      await this.make(all, signsAhead(Date.now()));
    }
    throw new AppError('store_unavailable');
  }

  /** Makes a key that signs at once, and withdraws all others: what they have signed is over. Returns how many there were. */
  replaceAll(): Promise<{ made: SigningKeysTable; withdrawn: number }> {
    return this.unitOfWork.run(async (tx) => {
      const now = Date.now();
      const made = this.following(await this.rows.all(tx), now);
      if (!(await this.rows.add(made, tx))) throw new ConcurrentChange();
      const withdrawn = await this.rows.deleteOthers(made.kid, tx);
      tx.afterCommit(() =>
        this.logger.log({
          event: 'signing_keys_withdrawn',
          withdrawn,
          kid: made.kid,
          by: 'operator',
        }),
      );
      return { made, withdrawn };
    });
  }

  private async read(): Promise<Keys> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const all = this.open(await this.rows.all());
      const now = Date.now();
      const signing = signingNow(all, now);
      if (signing !== null && isHeld(signing, now)) {
        this.last = { keys: { all, signing }, at: now };
        return this.last.keys;
      }
      if (signing === null) await this.make(all, now);
      else await this.rows.publish(signing.row.kid, publishedUntil(now));
    }
    throw new AppError('store_unavailable', {
      cause: new Error('The signing keys keep changing.'),
    });
  }

  /** Makes the key that follows all others, unless another instance just has. */
  private async make(all: readonly KnownKey[], signsFrom: number): Promise<void> {
    const key = this.following(
      all.map(({ row }) => row),
      signsFrom,
    );
    if (!(await this.rows.add(key))) return;
    const { kid } = key;
    this.logger.log({
      event: 'signing_key_made',
      kid,
      signsFrom: new Date(signsFrom).toISOString(),
    });
  }

  private following([newest]: readonly SigningKeysTable[], signsFrom: number): SigningKeysTable {
    return {
      ...makeSigningKey(this.config),
      number: (newest?.number ?? 0) + 1,
      created_at: Date.now(),
      signs_from: signsFrom,
      published_until: publishedUntil(signsFrom),
    };
  }

  private open(rows: readonly SigningKeysTable[]): KnownKey[] {
    const opened = new Map<string, SigningKey | null>();
    for (const row of rows) {
      const known = this.opened.get(row.private_key);
      opened.set(row.private_key, known === undefined ? this.openOne(row) : known);
    }
    this.opened = opened;
    return rows.map((row) => ({ row, opened: opened.get(row.private_key) ?? null }));
  }

  private openOne(row: SigningKeysTable): SigningKey | null {
    const opened = openSigningKey(row, this.config);
    if (opened === null) {
      this.logger.warn({
        event: 'signing_key_not_opened',
        kid: row.kid,
        msg: 'No secret in SESSION_SECRET opens a signing key, or it was made for another PUBLIC_URL. Here it signs nothing, and it stays published until its last token is over.',
      });
    }
    return opened;
  }
}
