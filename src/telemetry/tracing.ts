import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Request } from 'express';
import { withDeadline } from '../common/deadline.js';
import { isFromTrustedProxy } from '../common/http/client-ip.js';

/** How long shutdown waits for the last spans to be exported. */
const FLUSH_MS = 2000;

const logger = new Logger('Tracing');

export interface SpanSink {
  tracer: Tracer;
  shutdown(): Promise<void>;
}

/** Where a request's trace begins. */
interface Origin {
  /** The root context where the trace is our own. */
  parent: Context;
  links: Link[];
}

/**
 * Distributed tracing. The W3C trace context (https://www.w3.org/TR/trace-context/) of a request from a trusted proxy is
 * always propagated; spans are created and exported only where OpenTelemetry is on. Baggage is not propagated: it may
 * hold anything. Nothing is registered globally, so that several services can run in one process.
 */
export class Tracing implements OnApplicationShutdown {
  private readonly propagator = new W3CTraceContextPropagator();

  /** @param sink null while OpenTelemetry is off */
  constructor(private readonly sink: SpanSink | null) {}

  /**
   * A context from a trusted proxy is the parent of ours. A stranger's is linked from a trace of our own: whether it is
   * recorded, and what providers are told, is not for strangers to say. A missing or invalid one counts for nothing.
   */
  originOf(request: Request): Origin {
    const { traceparent, tracestate } = request.headers;
    if (typeof traceparent !== 'string') return { parent: ROOT_CONTEXT, links: [] };
    if (isFromTrustedProxy(request)) {
      return { parent: this.extract({ traceparent, tracestate }), links: [] };
    }
    const context = trace.getSpanContext(this.extract({ traceparent }));
    return { parent: ROOT_CONTEXT, links: context === undefined ? [] : [{ context }] };
  }

  private extract(headers: object): Context {
    return this.propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
  }

  /** The headers that propagate a context; none outside a trace. */
  headersFor(context: Context): Record<string, string> {
    const headers: Record<string, string> = {};
    this.propagator.inject(context, headers, defaultTextMapSetter);
    return headers;
  }

  /**
   * Starts a span if tracing is on.
   *
   * @returns the span or null, and the context for work within it
   */
  start(
    name: string,
    options: () => SpanOptions,
    parent: Context,
  ): { span: Span | null; context: Context } {
    if (this.sink === null) return { span: null, context: parent };
    const span = this.sink.tracer.startSpan(name, options(), parent);
    return { span, context: trace.setSpan(parent, span) };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.sink === null) return;
    try {
      await withDeadline(this.sink.shutdown(), FLUSH_MS, `The collector took over ${FLUSH_MS} ms.`);
    } catch (error) {
      logger.warn('The last spans may be lost.', error);
    }
  }
}

export function traceIdOf(context: Context): string | null {
  const spanContext = trace.getSpanContext(context);
  return spanContext !== undefined && isSpanContextValid(spanContext) ? spanContext.traceId : null;
}
