import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OutcomeCode } from '../common/logging/request-log.js';
import type { ProviderId } from '../common/provider-id.js';
import { serviceVersion } from '../common/version.js';

/**
 * The purpose of a sign-in: none where a callback belongs to no attempt of its browser, so that anybody can send it, and
 * unknown where it failed before that was known.
 */
export type SignInPurpose = 'sign_in' | 'link' | 'none' | 'unknown';

/** Known methods; clients can invent others, so those share a label. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Gauges with a counter's suffix, which promtool's linter rejects; the same gauges without `_total` carry the numbers
 * by type.
 */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** Series initialised to 0: `rate()` misses the first increment of a new series. */
const EXPECTED_OUTCOMES = ['success', 'provider_error', 'provider_timeout'] as const;

/**
 * The service's Prometheus metrics. Label values come only from fixed lists in this code, never from clients or
 * providers, which bounds cardinality.
 */
export class Metrics {
  readonly registry = new Registry();

  private readonly starts = new Counter({
    name: 'latchkey_sign_in_starts_total',
    help: 'Sign-ins that were started, by provider and purpose (sign_in, link).',
    labelNames: ['provider', 'purpose'],
    registers: [this.registry],
  });

  private readonly signIns = new Counter({
    name: 'latchkey_sign_ins_total',
    help: 'Sign-ins that ended, by provider, purpose (sign_in, link, none, unknown) and outcome: success, or the error code.',
    labelNames: ['provider', 'purpose', 'outcome'],
    registers: [this.registry],
  });

  private readonly providerRequests = new Histogram({
    name: 'latchkey_provider_request_duration_seconds',
    help: 'How long requests to providers took, by provider, step and outcome: success, or the error code.',
    labelNames: ['provider', 'step', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });

  private readonly httpRequests = new Histogram({
    name: 'latchkey_http_request_duration_seconds',
    help: 'How long requests took, by method, route template and status (aborted: the client left before the answer).',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  private readonly serviceRequests = new Counter({
    name: 'latchkey_service_requests_total',
    help: 'Requests with a service key, by the name of the key and status.',
    labelNames: ['service', 'status'],
    registers: [this.registry],
  });

  /**
   * @param providers the providers that are on
   * @param options.process whether to include process metrics: memory, CPU, event-loop lag, garbage collection
   */
  constructor(providers: readonly ProviderId[], options: { process: boolean }) {
    const { registry } = this;
    if (options.process) {
      collectDefaultMetrics({ register: registry });
      for (const name of MISNAMED) registry.removeSingleMetric(name);
    }
    new Gauge({
      name: 'latchkey_build_info',
      help: 'Always 1; the label tells the version.',
      labelNames: ['version'],
      registers: [registry],
    }).set({ version: serviceVersion }, 1);
    for (const provider of providers) {
      this.starts.inc({ provider, purpose: 'sign_in' }, 0);
      for (const outcome of EXPECTED_OUTCOMES) {
        this.signIns.inc({ provider, purpose: 'sign_in', outcome }, 0);
      }
    }
  }

  signInStarted(provider: ProviderId, purpose: SignInPurpose): void {
    this.starts.inc({ provider, purpose });
  }

  signInEnded(provider: ProviderId, purpose: SignInPurpose, outcome: OutcomeCode): void {
    this.signIns.inc({ provider, purpose, outcome });
  }

  /** Observes a request to a provider, in seconds. */
  providerAnswered(
    provider: ProviderId,
    step: string,
    outcome: OutcomeCode,
    durationSeconds: number,
  ): void {
    this.providerRequests.observe({ provider, step, outcome }, durationSeconds);
  }

  /** @param route the route's template, not the path */
  requestAnswered(
    request: { method: string; route: string; status: number | 'aborted' | 'speculation' },
    durationSeconds: number,
  ): void {
    const { route, status } = request;
    const method = METHODS.has(request.method) ? request.method : 'other';
    this.httpRequests.observe({ method, route, status: String(status) }, durationSeconds);
  }

  /** @param service the name of a key in SERVICE_KEYS */
  serviceAnswered(service: string, status: number | 'aborted' | 'speculation'): void {
    this.serviceRequests.inc({ service, status: String(status) });
  }

  /** Adds a gauge that is read on each scrape; null leaves it out. */
  addGauge(name: string, help: string, read: () => Promise<number | null>): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      async collect() {
        const value = await read();
        if (value === null) this.remove();
        else this.set(value);
      },
    });
    this.registry.registerMetric(gauge);
  }

  /** As `addGauge`, with one value per value of a label. */
  addLabelledGauge(
    name: string,
    help: string,
    label: string,
    read: () => Promise<ReadonlyMap<string, number>>,
  ): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [],
      async collect() {
        const values = await read();
        this.reset();
        for (const [value, number] of values) this.set({ [label]: value }, number);
      },
    });
    this.registry.registerMetric(gauge);
  }
}
