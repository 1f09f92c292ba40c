import { Injectable, Logger } from '@nestjs/common';
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { AppError } from '../../common/errors/app-error.js';
import { currentRequest } from '../../common/logging/request-context.js';
import type { OutcomeCode } from '../../common/logging/request-log.js';
import { Metrics } from '../../telemetry/metrics.js';
import { Tracing } from '../../telemetry/tracing.js';
import type { Exchange } from './provider-failure.js';

interface ObservedExchange extends Exchange {
  method: string;
  url: string;
}

const logger = new Logger('ProviderHttp');

@Injectable()
export class ExchangeObserver {
  constructor(
    private readonly metrics: Metrics,
    private readonly tracing: Tracing,
  ) {}

  /**
   * Runs an exchange.
   *
   * @param work the exchange, given the headers that propagate the trace context
   * @returns what the work returns
   * @throws what the work throws
   */
  async observe<T>(
    exchange: ObservedExchange,
    work: (traceHeaders: Readonly<Record<string, string>>) => Promise<T>,
  ): Promise<T> {
    const { method, provider, step } = exchange;
    const began = performance.now();
    const { span, context } = this.tracing.start(
      `${method} ${provider} ${step}`,
      () => ({ kind: SpanKind.CLIENT, attributes: attributesOf(exchange) }),
      currentRequest()?.trace ?? ROOT_CONTEXT,
    );
    const finish = (outcome: OutcomeCode, details: Readonly<Record<string, string | number>>) => {
      const took = performance.now() - began;
      this.metrics.providerAnswered(provider, step, outcome, took / 1000);
      const durationMs = Math.round(took);
      logger.log({ event: 'provider_request', provider, step, outcome, ...details, durationMs });
      if (span !== null) endSpan(span, outcome, details['providerStatus']);
    };
    try {
      const result = await work(this.tracing.headersFor(context));
      finish('success', {});
      return result;
    } catch (error) {
      if (error instanceof AppError) finish(error.code, error.log);
      else finish('internal_error', {});
      throw error;
    }
  }
}

/** OpenTelemetry's conventions for HTTP clients, without the query. */
function attributesOf({
  provider,
  step,
  method,
  url,
}: ObservedExchange): Record<string, string | number> {
  const { protocol, hostname, port, origin, pathname } = new URL(url);
  return {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    'url.full': origin + pathname,
    'latchkey.provider': provider,
    'latchkey.step': step,
  };
}

function endSpan(span: Span, outcome: OutcomeCode, status: string | number | undefined): void {
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  span.setAttribute('latchkey.outcome', outcome);
  if (outcome !== 'success') {
    span
      .setAttribute('error.type', String(status ?? outcome))
      .setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
