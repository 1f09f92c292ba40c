import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Request, RequestHandler } from 'express';
import { runInRequest } from '../common/logging/request-context.js';
import { requestIdOf } from '../common/logging/request-id.js';
import type { Metrics } from './metrics.js';
import { traceIdOf, type Tracing } from './tracing.js';

/** The label of requests that no route has answered: what was asked for is the client's word. */
const UNMATCHED = 'unmatched';

/**
 * Measures every request, gives it a span, and lets all work on it know which request and trace it is for. It comes
 * after the request's log.
 *
 * Attributes are those of OpenTelemetry's conventions for HTTP servers
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
    const parent = tracing.contextFrom(request.headers);
    const { span, context } = tracing.start(
      method,
      () => ({
        kind: SpanKind.SERVER,
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
      const status = response.writableFinished ? response.statusCode : 'aborted';
      metrics.requestAnswered(
        { method, route: withoutPrefix(route, prefix), status },
        (performance.now() - began) / 1000,
      );
      if (span?.isRecording()) endSpan(span, request, { route, status });
    });
    runInRequest({ requestId: requestIdOf(request), traceId, trace: context }, next);
  };
}

function endSpan(
  span: Span,
  request: Request,
  { route, status }: { route: string; status: number | 'aborted' },
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
 * The template of the route that a request has reached, such as `/auth/:provider`. The session middleware is a route with
 * a wildcard; what is not found beneath it has reached none.
 */
function routeOf(request: Request, status: number): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  if (typeof path !== 'string' || (status === 404 && path.includes('*'))) return UNMATCHED;
  return path;
}

function withoutPrefix(route: string, prefix: string): string {
  return prefix !== '' && route.startsWith(prefix) ? route.slice(prefix.length) || '/' : route;
}
