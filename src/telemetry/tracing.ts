import type { IncomingHttpHeaders } from 'node:http';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { withDeadline } from '../common/deadline.js';

/** How long shutdown waits for the last spans to be exported. */
const FLUSH_MS = 2000;

const logger = new Logger('Tracing');

export interface SpanSink {
  tracer: Tracer;
  shutdown(): Promise<void>;
}

/**
 * Distributed tracing. The W3C trace context of a request (https://www.w3.org/TR/trace-context/) is always propagated;
 * spans are created and exported only where OpenTelemetry is on. Baggage is not propagated: it may hold anything.
 * Nothing is registered globally, so that several services can run in one process.
 */
export class Tracing implements OnApplicationShutdown {
  private readonly propagator = new W3CTraceContextPropagator();

  /** @param sink null while OpenTelemetry is off */
  constructor(private readonly sink: SpanSink | null) {}

  /** Extracts the trace context from a request's headers; the root context where it is missing or invalid. */
  contextFrom({ traceparent, tracestate }: IncomingHttpHeaders): Context {
    if (typeof traceparent !== 'string') return ROOT_CONTEXT;
    return this.propagator.extract(ROOT_CONTEXT, { traceparent, tracestate }, defaultTextMapGetter);
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
