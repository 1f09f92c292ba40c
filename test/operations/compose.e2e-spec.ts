import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load-config.js';
import { fileVariable, secretVariables } from '../../src/config/secret-files.js';
import { providerVariables } from '../../src/config/providers.js';
import { variables } from '../../src/config/variables.js';

/** What is looked at of one service. */
interface Service {
  image: string;
  environment: Record<string, string>;
  secrets?: string[];
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
  mem_limit?: string;
  pids_limit?: number;
  cpus?: number;
}

interface Compose {
  services: Record<string, Service>;
  secrets?: Record<string, { file: string }>;
  networks?: Record<string, { internal?: boolean }>;
  volumes?: Record<string, unknown>;
}

const SIZING = 'docs/operations/sizing.md';
const dockerfile = readFileSync('Dockerfile', 'utf8');
/** What the image sets: `ENV NAME=value NAME=value`. */
const imageEnvironment = Object.fromEntries(
  [...(/^ENV (.+)$/m.exec(dockerfile)?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(
    ([, name = '', value = '']) => [name, value],
  ),
);
const secretsFolder = mkdtempSync(join(tmpdir(), 'latchkey-compose-'));

/** What `secrets/` holds after the commands at the top of compose.yaml. */
const secretFiles = {
  session_secret: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M',
  database_url: 'postgres://latchkey:password@postgres/latchkey?sslmode=disable',
  postgres_password: 'password',
  google_client_secret: 'google-secret',
  twitter_client_secret: '',
  facebook_client_secret: '',
};

/** Reads a compose file as the engine does, with the variables of `.env`. */
function composeFile(path: string, dotEnv: Record<string, string>): Compose {
  const interpolated = readFileSync(path, 'utf8').replaceAll(
    /\$\{(\w+)(?::([-+?])([^}]*))?\}/g,
    (_match, name: string, operator: string | undefined, word = '') => {
      const value = dotEnv[name] ?? '';
      if (operator === '-') return value === '' ? word : value;
      if (operator === '+') return value === '' ? '' : word;
      return value;
    },
  );
  return parse(interpolated, { merge: true }) as Compose;
}

const isLatchkey = ([, { image }]: [string, Service]) => image.startsWith('latchkey:');

/** The configuration that a service of a compose file starts with, in the image. */
function configOf({ environment }: Service): Config {
  const mounted = Object.entries(environment).map(([name, value]) => [
    name,
    value?.replace('/run/secrets', secretsFolder),
  ]);
  return loadConfig({ ...imageEnvironment, ...Object.fromEntries(mounted) });
}

function serviceOf(compose: Compose, name: string): Service {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`There is no service ${name}.`);
  return service;
}

beforeAll(() => {
  for (const [name, contents] of Object.entries(secretFiles)) {
    writeFileSync(join(secretsFolder, name), contents === '' ? '' : `${contents}\n`);
  }
});

afterAll(() => rmSync(secretsFolder, { recursive: true }));

const dotEnv = { DOMAIN: 'id.example.com', GOOGLE_CLIENT_ID: 'google-id' };
const files = [
  ['compose.yaml', composeFile('compose.yaml', dotEnv)],
  ['compose.sandbox.yaml', composeFile('compose.sandbox.yaml', {})],
] as const;

describe.each(files)('%s', (_path, compose) => {
  const all = Object.entries(compose.services);
  const latchkeys = all.filter(isLatchkey);

  it('sets only variables that the service knows', () => {
    const known = [
      ...Object.keys(variables.shape),
      ...Object.keys(providerVariables.shape),
      ...secretVariables.map(fileVariable),
    ];
    const set = latchkeys.flatMap(([, { environment }]) => Object.keys(environment));
    expect(set.length).toBeGreaterThan(0);
    expect(set.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('mounts the secrets that are used, and declares them', () => {
    const declared = Object.keys(compose.secrets ?? {});
    for (const [name, { environment, secrets = [] }] of all) {
      const used = Object.values(environment).flatMap(
        (value) => /^\/run\/secrets\/(.+)/.exec(value ?? '')?.[1] ?? [],
      );
      expect([name, used.filter((each) => !secrets.includes(each))]).toEqual([name, []]);
      expect([name, secrets.filter((each) => !declared.includes(each))]).toEqual([name, []]);
    }
  });

  it('declares the volumes and networks that are used', () => {
    const named = all.flatMap(([, { volumes = [] }]) => volumes.map((each) => each.split(':')[0]));
    const volumes = named.flatMap((each) => (each?.startsWith('.') === false ? [each] : []));
    expect(volumes.toSorted()).toEqual(Object.keys(compose.volumes ?? {}).toSorted());
    const networks = new Set(all.flatMap(([, service]) => service.networks ?? []));
    expect([...networks].toSorted()).toEqual(Object.keys(compose.networks ?? {}).toSorted());
  });

  it('pins a version of every image', () => {
    const images = all.map(([, { image }]) => image);
    expect(images.filter((image) => !/:(?:\d+|sandbox$)/.test(image))).toEqual([]);
  });

  it('runs the service with least privilege', () => {
    for (const [name, service] of latchkeys) {
      expect([name, service]).toEqual([
        name,
        expect.objectContaining({
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
        }),
      ]);
    }
  });

  it('limits the memory, processes and processor of every service', () => {
    for (const [name, { mem_limit = '', pids_limit = 0, cpus = 0 }] of all) {
      expect([name, mem_limit]).toEqual([name, expect.stringMatching(/^(?:\d{3}m|\dg)$/)]);
      expect([name, pids_limit >= 64 && pids_limit <= 512]).toEqual([name, true]);
      // An engine refuses more than the machine has, and the smallest has one.
      expect([name, cpus > 0 && cpus <= 1]).toEqual([name, true]);
    }
  });

  it('gives the service the memory that sizing names', () => {
    const [, megabytes] = /A limit of (\d+) MB/.exec(readFileSync(SIZING, 'utf8')) ?? [];
    const limits = latchkeys.map(([, { mem_limit }]) => mem_limit);
    expect(limits).toEqual(latchkeys.map(() => `${megabytes}m`));
  });
});

describe('compose.yaml', () => {
  const [[, compose]] = files;
  const names = ['latchkey-1', 'latchkey-2'];

  it.each(names)('%s starts in production, with its secrets from files', (name) => {
    const config = configOf(serviceOf(compose, name));
    expect(config).toMatchObject({
      production: true,
      listen: { host: '0.0.0.0' },
      publicUrl: { href: 'https://id.example.com', secure: true },
      secrets: [secretFiles.session_secret],
      database: { kind: 'postgres', url: secretFiles.database_url },
      trustProxy: 1,
      sandbox: null,
    });
    expect(config.providers).toMatchObject({
      google: { clientId: 'google-id', clientSecret: 'google-secret' },
      twitter: null,
      facebook: null,
    });
  });

  it.each(names)('%s is behind the proxy, and alone reaches the database', (name) => {
    const service = serviceOf(compose, name);
    expect([service.ports, service.networks]).toEqual([undefined, ['inside', 'outside']]);
    expect(serviceOf(compose, 'postgres')).not.toHaveProperty('ports');
    expect(serviceOf(compose, 'postgres').networks).toEqual(['inside']);
    expect(serviceOf(compose, 'proxy').networks).toEqual(['outside']);
    expect(compose.networks?.['inside']).toEqual({ internal: true });
  });

  it.each(names)('%s has time for a graceful shutdown', (name) => {
    const service = serviceOf(compose, name);
    const grace = Number(/^(\d+)s$/.exec(service.stop_grace_period ?? '')?.[1]) * 1000;
    expect(grace).toBeGreaterThan(3 * configOf(service).providerTimeoutMs + 10_000);
  });

  it('routes to every instance by readiness', () => {
    const caddyfile = readFileSync('deploy/Caddyfile', 'utf8');
    const upstreams = /\{\$UPSTREAMS:([^}]+)\}/.exec(caddyfile)?.[1]?.split(' ');
    const { port } = configOf(serviceOf(compose, 'latchkey-1')).listen;
    const instances = Object.entries(compose.services).filter(isLatchkey);
    expect(upstreams).toEqual(instances.map(([name]) => `${name}:${port}`));
    expect(instances.map(([name]) => name)).toEqual(names);
    expect(/^\s*health_uri (.+)$/m.exec(caddyfile)?.[1]).toBe('/health/ready');
    expect(caddyfile).toContain('{$SITE_ADDRESS} {');
    expect(serviceOf(compose, 'proxy').environment).toEqual({ SITE_ADDRESS: 'id.example.com' });
  });

  it('gives PostgreSQL the names in the documented DATABASE_URL', () => {
    const { environment } = serviceOf(compose, 'postgres');
    const written = /echo "(postgres:[^"]+)"/.exec(readFileSync('compose.yaml', 'utf8'))?.[1];
    const url = new URL(written?.replace(/\$\(.*\)/, 'password') ?? '');
    expect([url.username, url.hostname, url.pathname, url.search]).toEqual([
      environment['POSTGRES_USER'],
      'postgres',
      `/${environment['POSTGRES_DB']}`,
      '?sslmode=disable',
    ]);
  });
});

describe('compose.sandbox.yaml', () => {
  const [, [, compose]] = files;

  it('is one service with every provider, on loopback only, on the same ports', () => {
    expect(Object.keys(compose.services)).toEqual(['latchkey']);
    const service = serviceOf(compose, 'latchkey');
    const { production, listen, publicUrl, sandbox, providers } = configOf(service);
    expect([production, publicUrl.href]).toEqual([false, `http://localhost:${listen.port}`]);
    expect(listen.host).toBe('0.0.0.0');
    expect(Object.values(providers)).not.toContain(null);
    expect(service.ports).toEqual(
      [listen.port, sandbox?.port].map((port) => `127.0.0.1:${port}:${port}`),
    );
  });
});

describe('the Dockerfile', () => {
  it('builds every stage on the same pinned image, and does not run as root', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toEqual(bases.map(() => 'node:24-trixie-slim'));
    expect(bases).toHaveLength(3);
    expect(/^USER (\S+)$/m.exec(dockerfile)?.[1]).toBe('node');
  });
});
