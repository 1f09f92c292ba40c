import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { serviceVersion } from '../common/version.js';
import { CONFIG, type Config } from '../config/config.js';
import { Readiness } from '../health/readiness.js';
import { Metrics } from '../telemetry/metrics.js';

interface Answer {
  status: number;
  type: string;
  body: string;
}

const PATHS = ['/metrics', '/health/live', '/health/ready'];

const logger = new Logger('Management');

/**
 * The management port: metrics, and health with details. It is never behind the public proxy, and off unless
 * MANAGEMENT_PORT is set. It is the last server to stop.
 */
@Injectable()
export class ManagementServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private server: Server | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
    private readonly readiness: Readiness,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { management } = this.config;
    if (management === null) return;
    this.server = createServer({ requestTimeout: 10_000 }, (request, response) => {
      void this.handle(request, response);
    });
    this.server.listen(management.port, management.host);
    await once(this.server, 'listening');
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server?.listening !== true) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, type, body } = await this.answer(request).catch((error: unknown) => {
      logger.error('A management request failed.', error);
      return json(500, { status: 'failed' });
    });
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  private async answer({ method, url }: IncomingMessage): Promise<Answer> {
    if (method !== 'GET' && method !== 'HEAD') return json(405, { status: 'method not allowed' });
    const path = url?.split('?', 1)[0];
    if (path === '/metrics') {
      const { registry } = this.metrics;
      return { status: 200, type: registry.contentType, body: await registry.metrics() };
    }
    if (path === '/health/live') return json(200, { status: 'ok', ...about() });
    if (path === '/health/ready') return this.ready();
    return json(404, { status: 'not found', paths: PATHS });
  }

  private async ready(): Promise<Answer> {
    const checks = await this.readiness.checks();
    const isReady = checks.every(({ status }) => status === 'ok');
    return json(isReady ? 200 : 503, {
      status: isReady ? 'ok' : 'failed',
      ...about(),
      schemaVersion: this.readiness.schemaVersion,
      checks,
    });
  }
}

function about(): { version: string; uptimeSeconds: number } {
  return { version: serviceVersion, uptimeSeconds: Math.floor(process.uptime()) };
}

function json(status: number, value: object): Answer {
  return { status, type: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n` };
}
