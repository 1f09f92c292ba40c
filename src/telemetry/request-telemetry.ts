import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Request, RequestHandler, Response } from 'express';
import { requestIdOf, runInRequest } from '../common/logging/request-context.js';
import type { Metrics } from './metrics.js';
import { traceIdOf, type Tracing } from './tracing.js';

/** The route label of unmatched requests: their paths are arbitrary. */
const UNMATCHED = 'unmatched';

/**
 * Measures every request, starts its server span, and sets the request context. Must come after the request log.
 *
 * Span attributes follow OpenTelemetry's HTTP conventions
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/), without the query, which carries codes and states.
 *
 * @param prefix the path of PUBLIC_URL; metrics name routes without it, so that they are the same in every deployment
 */
export function requestTelemetry(
  metrics: Metrics,
  tracing: Tracing,
  prefix: string,
): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    const { method } = request;
    const { parent, links } = tracing.originOf(request);
    const { span, context } = tracing.start(
      method,
      () => ({
        kind: SpanKind.SERVER,
        links,
        attributes: {
          'http.request.method': method,
          'url.path': request.path.slice(0, 200),
          'url.scheme': request.protocol,
        },
      }),
      parent,
    );
    const traceId = traceIdOf(context);
    if (traceId !== null) request.traceId = traceId;
    response.once('close', () => {
      const route = routeOf(request, response.statusCode);
      const status = statusOf(request, response);
      metrics.requestAnswered(
        { method, route: withoutPrefix(route, prefix), status },
        (performance.now() - began) / 1000,
      );
      if (request.serviceKey !== undefined) metrics.serviceAnswered(request.serviceKey, status);
      if (span?.isRecording()) endSpan(span, request, { route, status });
    });
    runInRequest({ requestId: requestIdOf(request), traceId, trace: context }, next);
  };
}

/** What a browser fetched ahead is refused on purpose, and no alert may count it as a failure. */
function statusOf(request: Request, response: Response): number | 'aborted' | 'speculation' {
  if (request.isSpeculative) return 'speculation';
  return response.writableFinished ? response.statusCode : 'aborted';
}

function endSpan(
  span: Span,
  request: Request,
  { route, status }: { route: string; status: ReturnType<typeof statusOf> },
): void {
  const statusCode = request.res?.statusCode ?? 0;
  if (route !== UNMATCHED) {
    span.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
  }
  span.setAttribute('http.response.status_code', statusCode);
  const { outcome } = request;
  if (outcome !== undefined) span.setAttribute('latchkey.outcome', outcome.outcome);
  if (outcome?.provider !== undefined) span.setAttribute('latchkey.provider', outcome.provider);
  if (statusCode >= 500 || status === 'aborted') {
    span.setAttribute('error.type', String(status)).setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/**
 * The template of the matched route, such as `/auth/:provider`. The session middleware counts as a wildcard route, so a
 * 404 beneath it is unmatched.
 */
function routeOf(request: Request, status: number): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  if (typeof path !== 'string' || (status === 404 && path.includes('*'))) return UNMATCHED;
  return path;
}

function withoutPrefix(route: string, prefix: string): string {
  return prefix !== '' && route.startsWith(prefix) ? route.slice(prefix.length) || '/' : route;
}
