import { expect, it } from '@jest/globals';
import type { Sighting } from '../../common/http/address-question.js';
import { loadConfig } from '../../config/load-config.js';
import type { Reply } from '../ask.js';
import { judgeAddress } from './judge-address.js';
import { INVENTED } from './read-way.js';

const reply = (status: number, body: unknown): Reply => ({
  kind: 'answered',
  status,
  headers: {},
  body: JSON.stringify(body),
  sentAt: 0,
  answeredAt: 1,
});

/** What the service sees of `forwardedFor` and a peer, of whom so many are believed. */
function sighting(forwardedFor: string[], peer: string, believed: number): Sighting {
  const address = [...forwardedFor, peer].at(-1 - believed) ?? peer;
  return { address, forwardedFor, peer, believed };
}

const judge = (
  [trust, scheme]: [trust: string, scheme: 'http' | 'https'],
  ...seen: Parameters<typeof sighting>
) =>
  judgeAddress(
    loadConfig({ PUBLIC_URL: `${scheme}://localhost`, ...(trust && { TRUST_PROXY: trust }) }),
    OWN,
    reply(200, sighting(...seen)),
  );

/** What this machine calls itself, on the inside. */
const OWN = new Set(['127.0.0.1', '10.0.0.9', 'fd00::9']);

const [ME, CDN, PROXY] = ['203.0.113.7', '198.51.100.4', '10.0.0.5'];

it.each<[what: string, Parameters<typeof judge>, status: string, message: string, action: string]>([
  [
    'a proxy that adds',
    [['1', 'https'], [...INVENTED, ME], PROXY, 1],
    'ok',
    `sees this machine as ${ME}`,
    '',
  ],
  [
    'a proxy that replaces',
    [['1', 'https'], [ME], PROXY, 1],
    'ok',
    `sees this machine as ${ME}`,
    '',
  ],
  [
    'two proxies',
    [['2', 'https'], [...INVENTED, ME, CDN], PROXY, 2],
    'ok',
    `sees this machine as ${ME}`,
    '',
  ],
  ['no proxy', [['', 'http'], [...INVENTED], ME, 0], 'ok', `sees this machine as ${ME}`, ''],
  [
    'a proxy, and nobody trusted',
    [['', 'https'], [...INVENTED, ME], PROXY, 0],
    'broken',
    `through the proxy at ${PROXY} has that address`,
    `(1), or name ${PROXY}`,
  ],
  [
    'another proxy trusted',
    [['192.168.0.0/16', 'https'], [ME], PROXY, 0],
    'broken',
    `through the proxy at ${PROXY} has that address`,
    `(1), or name ${PROXY}`,
  ],
  [
    'the nearer of two trusted',
    [['10.0.0.0/8', 'https'], [...INVENTED, ME, CDN], PROXY, 1],
    'broken',
    `through the proxy at ${CDN} has that address`,
    `(2), or name ${CDN}`,
  ],
  [
    'this machine with the address of a proxy that is not trusted',
    [['10.0.0.0/8', 'https'], [...INVENTED, '127.0.0.1'], '127.0.0.1', 0],
    'broken',
    'through the proxy at 127.0.0.1 has that address',
    '(1), or name 127.0.0.1',
  ],
  [
    'a proxy that takes the header away',
    [['1', 'http'], [], PROXY, 0],
    'broken',
    `everybody has its address, ${PROXY}`,
    'X-Forwarded-For $remote_addr',
  ],
  [
    'a proxy of https that leaves the header as it is, not trusted',
    [['', 'https'], [...INVENTED], PROXY, 0],
    'broken',
    `everybody has its address, ${PROXY}`,
    'X-Forwarded-For $remote_addr',
  ],
  [
    'a proxy that leaves the header as it is, trusted',
    [['1', 'https'], [...INVENTED], PROXY, 1],
    'broken',
    'arrives as it was sent, and is believed',
    'X-Forwarded-For $remote_addr',
  ],
  [
    'more hops than proxies',
    [['2', 'https'], [...INVENTED, ME], PROXY, 2],
    'broken',
    'believes more proxies than there are',
    'Set TRUST_PROXY to 1,',
  ],
  [
    'ports in the header',
    [['1', 'https'], [...INVENTED, `${ME}:50123`], PROXY, 1],
    'broken',
    `“${ME}:50123”`,
    'without ports',
  ],
  [
    'this machine among those who are trusted, inside',
    [['loopback,10.0.0.0/8', 'https'], [...INVENTED, '10.0.0.9'], PROXY, 2],
    'ok',
    'and this machine (10.0.0.9) as well',
    'If browsers have 10.0.0.9 here, too',
  ],
  [
    'the same with IPv6',
    [['uniquelocal', 'https'], [...INVENTED, 'fd00::9'], 'fd00::5', 2],
    'ok',
    'and this machine (fd00::9) as well',
    'If browsers have fd00::9 here, too',
  ],
  [
    'a farther proxy that passes on what it was sent, trusted',
    [['loopback,10.0.0.0/8', 'https'], [...INVENTED, '10.0.0.7'], PROXY, 2],
    'warning',
    'TRUST_PROXY believes 10.0.0.7, which is none of this machine’s addresses',
    'If it is one, let it set X-Forwarded-For',
  ],
  [
    'a proxy that has another one’s word for an address, and writes it again',
    [['10.0.0.0/8', 'https'], [...INVENTED, ME, ME], PROXY, 1],
    'ok',
    `sees this machine as ${ME}`,
    '',
  ],
  [
    'the same, counted as two',
    [['2', 'https'], [...INVENTED, ME, ME], PROXY, 2],
    'ok',
    `sees this machine as ${ME}`,
    '',
  ],
  [
    'the same, counted as three',
    [['3', 'https'], [...INVENTED, ME, ME], PROXY, 3],
    'broken',
    'believes more proxies than there are',
    'Set TRUST_PROXY to 1,',
  ],
  [
    'a proxy that takes this machine’s word, and sets it',
    [['10.0.0.0/8', 'https'], [INVENTED[1]], PROXY, 1],
    'warning',
    'believes what this machine says of where it comes from',
    'set_real_ip_from',
  ],
  [
    'a proxy that takes this machine’s word, and adds it',
    [['10.0.0.0/8', 'https'], [...INVENTED, INVENTED[1]], PROXY, 1],
    'warning',
    'believes what this machine says of where it comes from',
    'set_real_ip_from',
  ],
  [
    'this machine among those who are trusted, outside',
    [[`${ME}/24,10.0.0.0/8`, 'https'], [...INVENTED, ME], PROXY, 2],
    'warning',
    `TRUST_PROXY believes ${ME}`,
    'name only the proxies’ networks',
  ],
  [
    'somebody trusted, and nobody on the way',
    [['10.0.0.0/8', 'http'], [...INVENTED], ME, 0],
    'warning',
    `no proxy that it names is on the way from here: the service sees ${ME}`,
    'Take it out',
  ],
])('%s', (_what, seen, status, message, action) => {
  const found = judge(...seen);
  expect([found.status, found.message, found.action ?? '']).toEqual([
    status,
    expect.stringContaining(message),
    expect.stringContaining(action),
  ]);
});

it.each<[what: string, Reply, seen: string]>([
  ['another secret, or an older version', reply(404, { code: 'not_found' }), '(404)'],
  ['something else', reply(200, { status: 'ok' }), '(200)'],
  ['nothing', { kind: 'failed', error: new Error('timeout') }, '(no answer)'],
])('is not known when the answer is %s', (_what, answer, seen) => {
  expect(judgeAddress(loadConfig({}), OWN, answer)).toMatchObject({
    status: 'warning',
    message: expect.stringContaining(seen),
    action: expect.stringContaining('SESSION_SECRET'),
  });
});
