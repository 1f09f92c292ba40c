import { runNginx, type TlsProxy } from '../../support/nginx.js';

/**
 * Starts nginx in front of a service that speaks plain http. It passes on the bare minimum: no `X-Forwarded-Proto`, and a
 * Host that is not the public one, as a proxy that nobody has tuned does.
 *
 * @param port where it listens, on localhost
 * @param upstream the service's port
 */
export function startNginx(port: number, upstream: number): Promise<TlsProxy> {
  return runNginx(
    port,
    ({ certificate, key }) => `
      server {
        listen 127.0.0.1:${port} ssl;
        server_name localhost;
        ssl_certificate ${certificate};
        ssl_certificate_key ${key};
        location / { proxy_pass http://127.0.0.1:${upstream}; }
      }`,
  );
}
