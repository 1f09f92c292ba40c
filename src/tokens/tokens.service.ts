import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { toTimestamp } from '../common/timestamp.js';
import { CONFIG, type Config } from '../config/config.js';
import type { TokenAudience } from '../config/token-audiences.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { isVerified } from '../users/email-key.js';
import { StepUpService } from '../users/step-up.service.js';
import { signToken } from './signing-key.js';
import { SigningKeysService } from './signing-keys.service.js';
import type { AccessToken } from './token.schema.js';
import { tokensOff } from './tokens.guard.js';

/** Short tokens for other services: they verify them by the published keys, and ask nobody. */
@Injectable()
export class TokensService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly keys: SigningKeysService,
    private readonly stepUp: StepUpService,
  ) {}

  /**
   * The audience that is meant: the named one, or the only one.
   *
   * @throws AppError `not_found` where no tokens are made; `bad_request`
   */
  audienceOf(name: string | undefined): TokenAudience {
    const { audiences } = this.settings();
    if (name === undefined) {
      const [only, ...others] = audiences;
      if (only !== undefined && others.length === 0) return only;
      throw refusal(
        'audience_missing',
        'Say for which service: {"audience": "…"}, one of TOKEN_AUDIENCES.',
      );
    }
    const audience = audiences.find((each) => each.name === name);
    if (audience === undefined) {
      throw refusal('audience_unknown', 'There is no such audience in TOKEN_AUDIENCES.');
    }
    return audience;
  }

  /**
   * Makes a token with which a service knows who is signed in. Who may ask for it, its caller has judged.
   *
   * @param clientId who has asked
   */
  async issue(
    session: SignedInSession,
    audience: TokenAudience,
    clientId: string,
  ): Promise<AccessToken> {
    const [key, proof] = await Promise.all([
      this.keys.signing(),
      this.stepUp.latestProofOf(session),
    ]);
    const { publicUrl, sessions } = this.config;
    const issuedAt = Math.floor(Date.now() / 1000);
    // The last moment of the session, should nobody use it again.
    const sessionEnd = Math.min(
      session.expiresAt,
      session.lastSeenAt + sessions.idleSeconds * 1000,
    );
    const expiresAt = Math.min(issuedAt + this.settings().seconds, Math.floor(sessionEnd / 1000));
    const accessToken = signToken(key, {
      iss: publicUrl.href,
      sub: session.userId,
      aud: audience.name,
      client_id: clientId,
      iat: issuedAt,
      exp: expiresAt,
      jti: randomUUID(),
      sid: session.publicId,
      idp: session.provider,
      ...(proof !== null && { auth_time: Math.floor(proof.at / 1000), acr: proof.assurance }),
      ...personalClaims(session.user, audience),
    });
    return { accessToken, expiresAt: toTimestamp(expiresAt * 1000) };
  }

  /** @throws AppError `not_found` where no tokens are made */
  private settings(): NonNullable<Config['tokens']> {
    const { tokens } = this.config;
    if (tokens === null) throw tokensOff();
    return tokens;
  }
}

/** What the audience's claims ask for, as far as there is one; an address only if it is verified. */
function personalClaims(
  { display_name, email, email_trust, avatar_url }: SignedInSession['user'],
  { claims }: TokenAudience,
) {
  return {
    ...(claims.includes('name') && { name: display_name }),
    ...(claims.includes('email') && isVerified(email_trust) && { email, email_verified: true }),
    ...(claims.includes('picture') && avatar_url !== null && { picture: avatar_url }),
  };
}

/** A request for a token that is not one. */
export function refusal(reason: string, detail: string): AppError {
  return new AppError('bad_request', { detail, log: { reason } });
}
