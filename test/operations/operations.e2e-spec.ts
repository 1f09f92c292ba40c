import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { errorCodes } from '../../src/common/errors/app-error.js';
import { providerIds } from '../../src/common/provider-id.js';
import { signedIn } from '../support/accounts.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { samplesOf, scrape } from '../support/metrics.js';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity?: string };
  annotations: { summary?: string; description?: string };
}

interface Panel {
  type: string;
  title: string;
  targets?: { expr: string }[];
}

const read = (name: string) => readFileSync(`docs/operations/${name}`, 'utf8');

const { groups } = parse(read('alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read('grafana-dashboard.json')) as { panels: Panel[] };
const expressions = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [title, expr]),
  ),
];

/** What Prometheus itself adds. */
const OWN_METRICS = ['up'];
const OWN_LABELS = ['job', 'instance'];

let latchkey: Latchkey;
/** The names of the real metrics, each with the labels of its series. */
const real = new Map<string, Set<string>>();

beforeAll(async () => {
  latchkey = await startLatchkey({ MANAGEMENT_PORT: String(await freePort()) });
  for (const provider of providerIds) await signedIn(latchkey, provider);
  for (const { name, labels } of samplesOf(await scrape(latchkey))) {
    const known = real.get(name) ?? new Set();
    for (const label of Object.keys(labels)) known.add(label);
    real.set(name, known);
  }
}, 20_000);

afterAll(() => latchkey.close());

const metricsIn = (expr: string) =>
  expr.match(/\b(?:up|(?:latchkey|nodejs|process)_\w+)\b(?!\s*[=!])/g) ?? [];

describe.each(expressions)('%s', (_name, expr) => {
  it('uses metrics that the service has', () => {
    const names = metricsIn(expr);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !real.has(name) && !OWN_METRICS.includes(name))).toEqual([]);
  });

  it('uses existing labels and possible values', () => {
    const known = new Set([
      ...OWN_LABELS,
      ...metricsIn(expr).flatMap((name) => [...(real.get(name) ?? [])]),
    ]);
    const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) =>
      list.split(',').map((label) => label.trim()),
    );
    const selected = [...expr.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g)];
    const labels = [...grouped, ...selected.map(([, label = '']) => label)];
    expect(labels.filter((label) => !known.has(label))).toEqual([]);
    const outcomes = selected
      .filter(([, label]) => label === 'outcome')
      .flatMap(([, , value = '']) => value.split('|'));
    expect(
      outcomes.filter((code) => ![...errorCodes, 'success'].some((each) => each === code)),
    ).toEqual([]);
  });
});

describe('each alert', () => {
  it.each(rules)('$alert has a severity, a summary and an action', (rule) => {
    expect(['critical', 'warning']).toContain(rule.labels.severity);
    expect(rule.annotations.summary).toMatch(/\w/);
    expect(String(rule.annotations.description).length).toBeGreaterThan(100);
  });

  it('has a unique name, and there are enough of them', () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(10);
  });
});

describe('docs/operations/monitoring.md', () => {
  const text = read('monitoring.md');
  const described = [...text.matchAll(/^\| `(latchkey_\w+)` /gm)].map(([, name]) => name);

  it('describes every metric of the service, and no other', async () => {
    const own = [...(await scrape(latchkey)).matchAll(/^# TYPE (latchkey_\w+) /gm)];
    expect(described.length).toBeGreaterThan(0);
    expect(new Set(described)).toEqual(new Set(own.map(([, name]) => name)));
  });
});
