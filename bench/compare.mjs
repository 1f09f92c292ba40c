import { cpus } from 'node:os';
import { execFileSync } from 'node:child_process';
import { drive } from './client.mjs';
import { operations } from './operations.mjs';
import { residentMb } from './server-process.mjs';

/** How many requests are under way at once. */
const AT_A_TIME = 16;

/** Code is compiled as it runs: the first seconds cost several times as much as all that follow. */
const WARM_UP_SECONDS = 6;

/** Measures one operation on one server. */
export async function measure(target, work, seconds) {
  const before = target.processorMs();
  const {
    count,
    seconds: took,
    p50,
    p99,
    errors,
    firstError,
  } = await drive(work, {
    seconds,
    atATime: AT_A_TIME,
  });
  if (errors > 0) throw firstError;
  return { cost: (target.processorMs() - before) / count, perSecond: count / took, p50, p99 };
}

/** Measures both servers in turns, and prints what each operation costs. */
export async function compare(setting, { rounds, seconds, profile, only }) {
  const chosen = operations.filter(({ title }) => title.includes(only));
  const folder = 'bench/profiles';
  const nodeArguments = profile ? ['--cpu-prof', `--cpu-prof-dir=${process.cwd()}/${folder}`] : [];
  const starts = await measureStarts(setting, profile ? 1 : rounds);
  const peer = await setting.startPeer(nodeArguments);
  const latchkey = await setting.startLatchkey({ nodeArguments });
  const idle = [residentMb(peer.server.id), residentMb(latchkey.server.id)];
  const rows = [];
  try {
    for (const { title, prepare, person = 'next' } of chosen) {
      await setting.choosePerson(person);
      const works = [await prepare(peer), await prepare(latchkey)];
      const results = [];
      progress(`${title}: warming up`);
      for (const work of works) await drive(work, { seconds: WARM_UP_SECONDS, atATime: AT_A_TIME });
      for (let round = 1; round <= rounds; round += 1) {
        progress(`${title}: round ${round} of ${rounds}`);
        results.push([
          await measure(peer, works[0], seconds),
          await measure(latchkey, works[1], seconds),
        ]);
      }
      rows.push(rowOf(title, results));
    }
    const loaded = [residentMb(peer.server.id), residentMb(latchkey.server.id)];
    progress('');
    print(setting, { rows, starts, idle, loaded });
  } finally {
    await peer.server.stop();
    await latchkey.server.stop();
  }
}

async function measureStarts(setting, rounds) {
  const starts = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`start: round ${round} of ${rounds}`);
    const peer = await setting.startPeer();
    await peer.server.stop();
    const latchkey = await setting.startLatchkey();
    await latchkey.server.stop();
    starts.push([peer.server.startMs, latchkey.server.startMs]);
  }
  return starts;
}

export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** A median with the spread of what it stands for. */
function spread(values, digits) {
  const shown = (value) => value.toFixed(digits);
  return `${shown(median(values))} (${shown(Math.min(...values))}–${shown(Math.max(...values))})`;
}

function rowOf(title, results) {
  const of = (index, key) => results.map((pair) => pair[index][key]);
  const ratios = results.map(([peer, latchkey]) => latchkey.cost / peer.cost);
  return [
    title,
    median(of(0, 'cost')).toFixed(3),
    spread(of(1, 'cost'), 3),
    spread(ratios, 2),
    `${median(of(0, 'perSecond')).toFixed(0)} / ${median(of(1, 'perSecond')).toFixed(0)}`,
    `${median(of(0, 'p50')).toFixed(1)} / ${median(of(1, 'p50')).toFixed(1)}`,
    `${median(of(0, 'p99')).toFixed(1)} / ${median(of(1, 'p99')).toFixed(1)}`,
  ];
}

function print(setting, { rows, starts, idle, loaded }) {
  const version = execFileSync(setting.node, ['--version']).toString().trim();
  const database =
    setting.postgres === null ? 'embedded database' : 'PostgreSQL, its time included';
  const [peerStart, latchkeyStart] = [0, 1].map((index) => starts.map((pair) => pair[index]));
  const lines = [
    `Node ${version}, ${database}; ${cpus().length} × ${cpus()[0]?.model.trim()}; median (least–most).`,
    '',
    '| | peer, CPU ms | Latchkey, CPU ms | ratio | per second | p50 ms | p99 ms |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    '| | peer | Latchkey | ratio |',
    '|---|---|---|---|',
    `| start to the first 200, ms | ${spread(peerStart, 0)} | ${spread(latchkeyStart, 0)} | ${(median(latchkeyStart) / median(peerStart)).toFixed(2)} |`,
    `| resident, idle, MB | ${idle[0].toFixed(0)} | ${idle[1].toFixed(0)} | ${(idle[1] / idle[0]).toFixed(2)} |`,
    `| resident, after load, MB | ${loaded[0].toFixed(0)} | ${loaded[1].toFixed(0)} | ${(loaded[1] / loaded[0]).toFixed(2)} |`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

export function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  else if (text !== '') process.stderr.write(`${text}\n`);
}
