import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { openSqlite } from './sqlite.mjs';
import { cookieNames, drive, http } from './client.mjs';
import { measure, median, progress } from './compare.mjs';

/** How many sessions are asked for in turn: enough that the answer has to be found. */
const ASKED = 50_000;

const columns = {
  users:
    'id, primary_issuer, display_name, email, email_key, email_trust, avatar_url, created_at, updated_at, last_sign_in_at',
  identities:
    'provider, issuer, subject, user_id, display_name, email, email_key, email_trust, avatar_url, linked_at, last_used_at',
  sessions:
    'token_hash, id, user_id, provider, issuer, renewal_seed, created_at, authenticated_at, last_seen_at, expires_at, address, user_agent',
};

const tokenOf = (number) => `bench-session-${String(number).padStart(18, '0')}`;
const hashOf = (token) => createHash('sha256').update(token).digest('base64url');

/** The rows of one person: a user, an identity, a living session, as long as real ones are. */
function rowsOf(number, now, issuer) {
  const tail = String(10 ** 11 + number);
  const id = `0199c7d2-0000-7000-8000-${tail}`;
  const email = `person${number}@example.com`;
  const avatar = `https://lh3.googleusercontent.com/a/ACg8ocK7f0Yx2bQmZr3vJ9wLhT5nPdE1sUaGkXo4iHcMyRtBqV6=s96-c`;
  const profile = [`Person ${number}`, email, email, 'verified', avatar];
  const browser =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
  return {
    users: [id, issuer, ...profile, now, now, now],
    identities: ['google', issuer, `1${tail}`, id, ...profile, now, now],
    sessions: [
      hashOf(tokenOf(number)),
      `0199c7d2-0000-7000-9000-${tail}`,
      id,
      'google',
      issuer,
      'c2VlZC1vZi0xNi1ieXRlcw',
      now,
      now,
      // Ahead of the clock, so that it is reading that is measured: what was last seen a minute ago is written once.
      now + 3_600_000,
      now + 2_592_000_000,
      '203.0.113.195',
      browser,
    ],
  };
}

async function fillEmbedded(file, count, issuer) {
  const database = openSqlite(file);
  const insert = Object.fromEntries(
    Object.entries(columns).map(([table, names]) => [
      table,
      database.prepare(`insert into ${table} (${names}) values (${names.replaceAll(/\w+/g, '?')})`),
    ]),
  );
  const now = Date.now();
  for (let number = 0; number < count; number += 1) {
    if (number % 50_000 === 0) {
      if (number > 0) database.exec('commit');
      database.exec('begin');
      progress(`${number} of ${count} sessions`);
    }
    const rows = rowsOf(number, now, issuer);
    for (const [table, row] of Object.entries(rows)) insert[table].run(...row);
  }
  database.exec('commit');
  database.close();
}

async function fillPostgres(url, count, issuer) {
  const client = new Client({ connectionString: url });
  await client.connect();
  const now = Date.now();
  for (let number = 0; number < count; number += 5000) {
    progress(`${number} of ${count} sessions`);
    const people = Array.from({ length: Math.min(5000, count - number) }, (_, index) =>
      rowsOf(number + index, now, issuer),
    );
    await client.query('begin');
    for (const [table, names] of Object.entries(columns)) {
      await client.query(
        `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $1)`,
        [
          JSON.stringify(
            people.map((rows) =>
              Object.fromEntries(names.split(', ').map((name, at) => [name, rows[table][at]])),
            ),
          ),
        ],
      );
    }
    await client.query('commit');
  }
  await client.query('vacuum analyze');
  await client.end();
}

/** Measures `GET /users/me` with many sessions in the database against the same with a few. */
export async function scale(setting, { sessions, rounds, seconds }) {
  const small = await filled(setting, 'few', 100);
  const large = await filled(setting, 'many', sessions);
  const ratios = [];
  const costs = [[], []];
  for (const target of [small, large]) await drive(target.work, { seconds: 5, atATime: 16 });
  for (let round = 1; round <= rounds * 2; round += 1) {
    progress(`round ${round} of ${rounds * 2}`);
    const one = await measure(small, small.work, seconds);
    const other = await measure(large, large.work, seconds);
    costs[0].push(one.cost);
    costs[1].push(other.cost);
    ratios.push(other.cost / one.cost);
  }
  progress('');
  const [few, many] = costs.map((values) => median(values).toFixed(3));
  process.stdout.write(
    `GET /users/me, CPU ms: ${few} with 100 sessions, ${many} with ${sessions}; ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})\n`,
  );
  await small.server.stop();
  await large.server.stop();
}

async function filled(setting, name, count) {
  const databaseUrl =
    setting.postgres === null
      ? `file:${join(setting.folder, `${name}.db`)}`
      : await setting.createDatabase(name);
  const first = await setting.startLatchkey({ databaseUrl });
  await first.server.stop();
  const issuer = `${setting.providersUrl}/google`;
  if (setting.postgres === null)
    await fillEmbedded(databaseUrl.slice('file:'.length), count, issuer);
  else await fillPostgres(databaseUrl, count, issuer);
  const target = await setting.startLatchkey({ databaseUrl });
  const { session } = cookieNames(target.base);
  let turn = 0;
  const work = async () => {
    turn += 1;
    // In no order that a cache could guess.
    const number = (turn * 7_919_317) % Math.min(count, ASKED * 20);
    const token = tokenOf(number);
    const signature = createHmac('sha256', setting.secret).update(token).digest('base64');
    const cookie = `${session}=s%3A${token}.${encodeURIComponent(signature.replaceAll('=', ''))}`;
    const { status, body } = await http(`${target.base}/users/me`, { headers: { cookie } });
    if (status !== 200) throw new Error(`/users/me answered ${status}: ${body}`);
  };
  return { ...target, work };
}
