import type { Latchkey } from './latchkey.js';

/** One line of Prometheus's text format. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** What a service's management port answers. */
export async function management(
  { config }: Pick<Latchkey, 'config'>,
  path: string,
  init?: RequestInit,
): Promise<Response> {
  if (config.management === null) throw new Error('The service has no management port.');
  return fetch(`http://127.0.0.1:${config.management.port}${path}`, init);
}

/** The metrics of a service as text, as Prometheus reads them. */
export async function scrape(latchkey: Pick<Latchkey, 'config'>): Promise<string> {
  const response = await management(latchkey, '/metrics');
  if (response.status !== 200) throw new Error(`/metrics answered ${response.status}`);
  return response.text();
}

/** Reads Prometheus's text format. Throws on a line that is none. */
export function samplesOf(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] =
        /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
      if (name === '') throw new Error(`Not a sample: ${line}`);
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
      return {
        name,
        labels: Object.fromEntries(pairs.map(([, key = '', text_ = '']) => [key, text_])),
        value: Number(value),
      };
    });
}

/** The value of the series with these labels, 0 when there is none. With fewer labels than it has: the sum. */
export function valueOf(
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number {
  return samples
    .filter((sample) => sample.name === name)
    .filter((sample) =>
      Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);
}
