/**
 * The image's HEALTHCHECK: succeeds when the process answers. It asks for liveness and not for readiness, because an engine
 * that acts on it replaces the container, which does not bring a lost database back; who routes requests asks
 * /health/ready. The service listens only once its database is migrated, so that a container that has just become healthy
 * is also ready.
 */
import { get } from 'node:http';

const { HOST, PORT, PUBLIC_URL } = process.env;
const isSet = (value) => value !== undefined && value.trim() !== '';

const anyAddress = !isSet(HOST) || HOST === '0.0.0.0' || HOST === '::';
const prefix = isSet(PUBLIC_URL) ? new URL(PUBLIC_URL).pathname.replace(/\/+$/, '') : '';
const request = get({
  host: anyAddress ? '127.0.0.1' : HOST,
  port: isSet(PORT) ? PORT : 3000,
  path: `${prefix}/health/live`,
  timeout: 2000,
});
request.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
request.on('timeout', () => process.exit(1));
request.on('error', () => process.exit(1));
