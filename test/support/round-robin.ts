import { nginxFolder, type NginxProcess, spawnNginx } from './nginx-process.js';

/** The header in which an answer says which instance has made it: its address. */
export const INSTANCE_HEADER = 'x-instance';

/**
 * Starts nginx in front of instances of the service, which take turns. An instance that cannot be connected to, or breaks
 * an idempotent request off, is passed over. None is struck off for a while (`max_fails=0`): with two, one of them
 * stopping, nginx would else find "no live upstreams" after a single slip.
 *
 * @param port where it listens, on 127.0.0.1
 * @param instances their ports
 */
export function startRoundRobin(port: number, instances: number[]): Promise<NginxProcess> {
  const servers = instances.map((each) => `server 127.0.0.1:${each} max_fails=0;`);
  return spawnNginx(
    port,
    nginxFolder(),
    `
      upstream latchkey {
        ${servers.join('\n        ')}
        keepalive 16;
      }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://latchkey;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_next_upstream error timeout;
          add_header ${INSTANCE_HEADER} $upstream_addr always;
        }
      }`,
  );
}
