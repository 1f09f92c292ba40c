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

/** How long a stopping service waits for its last spans to be taken. */
const FLUSH_MS = 2000;

const logger = new Logger('Tracing');

/** Where spans go. */
export interface SpanSink {
  tracer: Tracer;
  /** Sends what has not been sent yet, and ends. */
  shutdown(): Promise<void>;
}

/**
 * Distributed tracing. A request's W3C trace context (https://www.w3.org/TR/trace-context/) is read and passed on in any
 * case; spans are made and exported only where OpenTelemetry is switched on. Baggage is neither read nor passed on: it
 * may hold anything. Nothing is registered globally, so that several services can run in one process.
 */
export class Tracing implements OnApplicationShutdown {
  private readonly propagator = new W3CTraceContextPropagator();

  /** @param sink null while OpenTelemetry is off */
  constructor(private readonly sink: SpanSink | null) {}

  /** The context that a request's headers name; the root when they name none, or not well. */
  contextFrom({ traceparent, tracestate }: IncomingHttpHeaders): Context {
    if (typeof traceparent !== 'string') return ROOT_CONTEXT;
    return this.propagator.extract(ROOT_CONTEXT, { traceparent, tracestate }, defaultTextMapGetter);
  }

  /** The headers that pass a context on: none when it names no trace. */
  headersFor(context: Context): Record<string, string> {
    const headers: Record<string, string> = {};
    this.propagator.inject(context, headers, defaultTextMapSetter);
    return headers;
  }

  /**
   * Starts a span, where spans are exported.
   *
   * @returns it, or null; and the context in which what is done within it belongs
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

/** The id of the trace that a context belongs to; null when it belongs to none. */
export function traceIdOf(context: Context): string | null {
  const spanContext = trace.getSpanContext(context);
  return spanContext !== undefined && isSpanContextValid(spanContext) ? spanContext.traceId : null;
}
