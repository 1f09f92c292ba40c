import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { loadConfig } from '../../src/config/load-config.js';
import { fileVariable, secretVariables } from '../../src/config/secret-files.js';
import { providerVariables } from '../../src/config/providers.js';
import { variables } from '../../src/config/variables.js';

const KUBERNETES = 'docs/operations/kubernetes';
const known = [
  ...Object.keys(variables.shape),
  ...Object.keys(providerVariables.shape),
  ...secretVariables.map(fileVariable),
];
const folder = mkdtempSync(join(tmpdir(), 'latchkey-deployment-'));

afterAll(() => rmSync(folder, { recursive: true }));

interface Manifest {
  kind: string;
  metadata: { name: string };
  stringData: Record<string, string>;
}

interface Probe {
  httpGet: { path: string; port: string };
}

interface Selector {
  matchLabels: Record<string, string>;
}

interface NetworkPolicy {
  spec: {
    ingress: {
      from: { namespaceSelector: Selector; podSelector: Selector }[];
      ports: { protocol: string; port: string }[];
    }[];
  };
}

interface Deployment {
  spec: {
    selector: { matchLabels: object };
    template: {
      metadata: { labels: object };
      spec: {
        terminationGracePeriodSeconds: number;
        containers: [
          {
            env: { name: string; value: string }[];
            ports: { name: string; containerPort: number }[];
            startupProbe: Probe;
            livenessProbe: Probe;
            readinessProbe: Probe;
            volumeMounts: { name: string; mountPath: string }[];
          },
        ];
        volumes: { name: string; secret?: { secretName: string } }[];
      };
    };
  };
}

/** The documents of the manifests, by kind. Fails on YAML that is not well-formed. */
function manifests(): Map<string, Manifest> {
  const names = ['deployment', 'service', 'ingress', 'networkpolicy', 'secret.example'];
  const documents = names.flatMap((name) =>
    parseAllDocuments(readFileSync(join(KUBERNETES, `${name}.yaml`), 'utf8')),
  );
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  const contents = documents.map((document) => document.toJS() as Manifest);
  return new Map(contents.map((manifest) => [manifest.kind, manifest]));
}

describe('the Kubernetes manifests', () => {
  const all = manifests();
  const { spec } = all.get('Deployment') as unknown as Deployment;
  const [container] = spec.template.spec.containers;
  const environment = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));

  it('are the expected ones', () => {
    expect([...all.keys()].toSorted()).toEqual([
      'Deployment',
      'Ingress',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Secret',
      'Service',
    ]);
    expect(new Set([...all.values()].map(({ metadata }) => metadata.name))).toEqual(
      new Set(['latchkey']),
    );
  });

  it('are a valid production configuration, with secrets from mounted files', () => {
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    const example = all.get('Secret')?.stringData ?? {};
    // What the operator puts in its place: the example's own is refused.
    const secret = {
      ...example,
      'session-secret': randomBytes(36).toString('base64'),
      'google-client-secret': 'GOCSPX-of-this-deployment',
    };
    for (const [key, value] of Object.entries(secret)) writeFileSync(join(folder, key), value);
    const mount = container.volumeMounts.find(({ name }) => name === 'secrets')?.mountPath ?? '?';
    const mounted = Object.entries(environment).map(([name, value]) => [
      name,
      value.replace(mount, folder),
    ]);
    const config = loadConfig({ NODE_ENV: 'production', ...Object.fromEntries(mounted) });
    expect(config).toMatchObject({
      production: true,
      listen: { host: '0.0.0.0' },
      publicUrl: { secure: true },
      database: { kind: 'postgres' },
      trustProxy: ['10.0.0.0/8'],
    });
    expect(config.providers.google).not.toBeNull();
    expect(container.ports).toEqual([
      { name: 'http', containerPort: config.listen.port },
      { name: 'management', containerPort: config.management?.port },
    ]);
    const grace = spec.template.spec.terminationGracePeriodSeconds * 1000;
    expect(grace).toBeGreaterThan(3 * config.providerTimeoutMs + 10_000);
  });

  it('have the right probes', () => {
    const { startupProbe, livenessProbe, readinessProbe } = container;
    expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)).toEqual([
      { path: '/health/live', port: 'http' },
      { path: '/health/live', port: 'http' },
      { path: '/health/ready', port: 'http' },
    ]);
  });

  it('let the ingress controller reach the public port, and Prometheus the management port', () => {
    const { spec: policy } = all.get('NetworkPolicy') as unknown as NetworkPolicy;
    expect(policy).toMatchObject({
      podSelector: { matchLabels: spec.selector.matchLabels },
      policyTypes: ['Ingress'],
    });
    // A rule without `from`, or with an empty selector, lets everybody in.
    const allowed = policy.ingress.map(({ from, ports }) => [
      ports.map(({ protocol, port }) => `${protocol} ${port}`),
      from.map(({ namespaceSelector, podSelector }) => [
        namespaceSelector.matchLabels['kubernetes.io/metadata.name'],
        podSelector.matchLabels['app.kubernetes.io/name'],
      ]),
    ]);
    expect(allowed).toEqual([
      [['TCP http'], [['ingress-nginx', 'ingress-nginx']]],
      [['TCP management'], [['monitoring', 'prometheus']]],
    ]);
    const named = policy.ingress.flatMap(({ ports }) => ports.map(({ port }) => port));
    expect(named).toEqual(container.ports.map(({ name }) => name));
  });

  it('reference each other correctly', () => {
    const { matchLabels } = spec.selector;
    expect(spec.template.metadata.labels).toEqual(matchLabels);
    expect(all.get('Service')).toMatchObject({
      spec: { selector: matchLabels, ports: [{ name: 'http', targetPort: 'http' }] },
    });
    expect(all.get('PodDisruptionBudget')).toMatchObject({ spec: { selector: { matchLabels } } });
    const service = { name: 'latchkey', port: { name: 'http' } };
    expect(all.get('Ingress')).toMatchObject({
      spec: { rules: [{ http: { paths: [{ path: '/', backend: { service } }] } }] },
    });
    expect(spec.template.spec.volumes).toContainEqual(
      expect.objectContaining({ secret: expect.objectContaining({ secretName: 'latchkey' }) }),
    );
  });
});

describe('the systemd unit', () => {
  const unit = readFileSync('docs/operations/latchkey.service', 'utf8');

  it('sets only variables that the service knows, and starts with them', () => {
    const secret = join(folder, 'session_secret');
    writeFileSync(secret, 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M');
    const lines = [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)];
    const environment = Object.fromEntries(
      lines.map(([, name = '', value = '']) => [name, value.replace('%d', folder)]),
    );
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    // What the operator puts into latchkey.env.
    const PUBLIC_URL = 'https://id.example.com';
    expect(loadConfig({ ...environment, PUBLIC_URL })).toMatchObject({
      production: true,
      listen: { host: '127.0.0.1' },
      secrets: ['q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M'],
      database: { kind: 'file', file: '/var/lib/latchkey/latchkey.db' },
    });
    expect(unit).toMatch(/^LoadCredential=session_secret:/m);
    expect(unit).toMatch(/^StateDirectory=latchkey$/m);
  });
});
