import { createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sign, unsign } from 'cookie-signature';
import { CONFIG, type Config } from '../config/config.js';

/** The text of a cookie that one of our secrets has signed. */
export interface SignedText {
  readonly text: string;
  /** Which of our secrets has signed it, the newest being 0. */
  readonly age: number;
}

/** Signs what cookies say, in express-session's form. */
@Injectable()
export class CookieSignatures {
  private readonly keys: readonly string[];

  constructor(@Inject(CONFIG) { secrets }: Pick<Config, 'secrets'>) {
    // cookie-signature hands them to node:crypto, which would make a key of a text each time.
    this.keys = secrets.map((secret) => createSecretKey(secret, 'utf8') as never);
  }

  sign(text: string): string {
    return sign(text, this.keys[0] ?? '');
  }

  /** What is signed; null where it is not by us. */
  verify(signed: string): SignedText | null {
    for (const [age, key] of this.keys.entries()) {
      const text = unsign(signed, key);
      if (text !== false) return { text, age };
    }
    return null;
  }
}
