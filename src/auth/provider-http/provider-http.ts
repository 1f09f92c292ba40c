import type * as z from 'zod';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { textOf } from '../../common/http/content-coding.js';
import { parseJson } from '../../common/parse-json.js';
import { type Config, CONFIG } from '../../config/config.js';
import { ExchangeObserver } from './exchange-observer.js';
import { codeOf } from '../../common/http/network-failure.js';
import {
  type Client,
  MAX_ANSWER_BYTES,
  metClosingConnection,
  openClient,
} from './provider-connections.js';
import { type Exchange, ProviderFailure } from './provider-failure.js';

const logger = new Logger('ProviderHttp');

/**
 * A request to a provider. Tokens and secrets go into headers or the form, never into the URL, which gets logged.
 * (Facebook documents `appsecret_proof` as a parameter; it is worthless without the token.)
 */
export interface ProviderRequest extends Exchange {
  method: 'GET' | 'POST';
  url: string;
  headers?: Readonly<Record<string, string>>;
  form?: Readonly<Record<string, string>>;
}

/**
 * The HTTP client for all requests to providers: keep-alive, connect and total timeouts, at most 1 MB (unpacked, too), no
 * redirects, no retries (but for a GET that met a closing connection), schema-validated responses, and each exchange
 * measured, logged and traced.
 */
@Injectable()
export class ProviderHttp implements OnApplicationShutdown {
  private client: Promise<Client> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ExchangeObserver) private readonly observer: Pick<ExchangeObserver, 'observe'>,
  ) {}

  /** Throws ProviderFailure (`provider_timeout`, `provider_error`) unless it gets 2xx with JSON that matches. */
  async json<T>(request: ProviderRequest, schema: z.ZodType<T>): Promise<T> {
    return this.observer.observe(request, async (traceHeaders) =>
      fit(request, await this.text(request, traceHeaders), parseJson, schema),
    );
  }

  /** As OAuth 1.0a endpoints return it (RFC 5849 §2.1, §2.3). Throws ProviderFailure as `json` does. */
  async form<T>(request: ProviderRequest, schema: z.ZodType<T>): Promise<T> {
    return this.observer.observe(request, async (traceHeaders) =>
      fit(request, await this.text(request, traceHeaders), parseForm, schema),
    );
  }

  /** Runs after all requests have been answered; earlier, it would break those that wait for a provider. */
  async onApplicationShutdown(): Promise<void> {
    await (await this.client)?.agent.destroy();
  }

  private async text(
    request: ProviderRequest,
    traceHeaders: Readonly<Record<string, string>>,
  ): Promise<string> {
    const { form } = request;
    this.client ??= openClient(this.config);
    const { send, agent } = await this.client;
    const signal = AbortSignal.timeout(this.config.providerTimeoutMs);
    const ask = () =>
      send(request.url, {
        dispatcher: agent,
        method: request.method,
        headers: {
          accept: 'application/json',
          'user-agent': 'latchkey',
          ...traceHeaders,
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...request.headers,
        },
        body: form ? new URLSearchParams(form).toString() : null,
        signal,
      });
    try {
      const answer = await ask().catch((error: unknown) => {
        // A code or a signature counts once: only what changes nothing is asked for again.
        if (request.method !== 'GET' || !metClosingConnection(error)) throw error;
        const { provider, step } = request;
        logger.log({ event: 'provider_asked_again', provider, step, reason: codeOf(error) });
        return ask();
      });
      const body = new Uint8Array(await answer.body.arrayBuffer());
      const text = await textOf(body, answer.headers['content-encoding'], MAX_ANSWER_BYTES);
      if (answer.statusCode < 200 || answer.statusCode > 299) {
        throw ProviderFailure.answered(request, answer.statusCode, text ?? '');
      }
      if (text === null) throw ProviderFailure.malformed(request);
      return text;
    } catch (error) {
      throw error instanceof ProviderFailure ? error : ProviderFailure.unreachable(request, error);
    }
  }
}

function fit<T>(
  exchange: Exchange,
  text: string,
  parse: (text: string) => unknown,
  schema: z.ZodType<T>,
): T {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw ProviderFailure.unusable(exchange, text);
  return parsed.data;
}

/** A form as OAuth 1.0a servers send it: plain tokens, percent-encoded, and nothing else. */
const FORM = /^[a-z_]+=[\w%.~+-]*(?:&[a-z_]+=[\w%.~+-]*)*$/i;

/**
 * Parses a form-encoded response strictly. Servers label these as text/html, so only the shape, not the content type,
 * distinguishes a response from an error page.
 *
 * @returns the fields, or undefined when the text is not such a form, or repeats a name
 */
export function parseForm(text: string): Record<string, string> | undefined {
  const body = text.trim();
  if (!FORM.test(body)) return undefined;
  const pairs = [...new URLSearchParams(body)];
  const fields = Object.fromEntries(pairs);
  return Object.keys(fields).length === pairs.length ? fields : undefined;
}
