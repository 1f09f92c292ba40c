import { getDomain, getPublicSuffix } from 'tldts';
import * as z from 'zod';
import { isLoopback } from '../common/url.js';

/** Where a hand-over may lead: to another site, to an app that has claimed a scheme, or to a program on the person's machine. */
export interface HandoverTarget {
  /** As configured. A `*` stands for a part of one label of an https host, or for loopback's port. */
  readonly pattern: string;
  readonly kind: 'https' | 'scheme' | 'loopback';
  /** Of an https target, where its pages are; with a `*` where the pattern has one. Null for the others. */
  readonly origin: string | null;
}

export type HandoverTargets = readonly HandoverTarget[];

const MAX_LENGTH = 500;

/** What a `*` stands for. Loopback's port is of the program's choice (RFC 8252 §7.3). */
const STAR = { https: /^[a-z0-9-]+$/, loopback: /^[1-9]\d{0,4}$/ } as const;

/** RFC 8252 §7.1: a domain name turned round, so that it has a dot. */
const SCHEME_TARGET = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/{0,2}[\w.~!$&'()+,;=:@%/-]*$/;

/** Stands in for the `*` while an address is parsed. */
const PLACEHOLDER = 'xlatchkeyx';

/** HANDOVER_TARGETS. Each fault is told with the target that has it. */
export const handoverTargets = z.string().transform((value, context): HandoverTargets => {
  const items = value.split(',').flatMap((item) => item.trim() || []);
  return items.flatMap((pattern) => {
    const parsed = parse(pattern);
    if (typeof parsed !== 'string') return parsed;
    // Without what somebody may have written into it.
    const shown = pattern.slice(0, 80).replace(/\/\/.*@/, '//…@');
    context.addIssue(`has ${shown}, ${parsed}`);
    return [];
  });
});

/** The target that an address is of, compared whole (RFC 9700 §4.1.3); null when it is of none. */
export function findTarget(targets: HandoverTargets, address: unknown): HandoverTarget | null {
  if (typeof address !== 'string' || address.length > MAX_LENGTH) return null;
  const target = targets.find(({ pattern, kind }) => covers(pattern, kind, address));
  if (target === undefined) return null;
  return target.kind === 'scheme' || isNormal(address) ? target : null;
}

/** Whether pages of an https target have an origin. */
export function isTargetOrigin(targets: HandoverTargets, origin: string | undefined): boolean {
  return (
    origin !== undefined &&
    targets.some(({ origin: pattern }) => pattern !== null && covers(pattern, 'https', origin))
  );
}

/** The origin that a target's own pages have, where it names one host alone; null for every other. */
export function exactOriginOf({ pattern, origin }: HandoverTarget): string | null {
  return pattern.includes('*') ? null : origin;
}

/** Where an address leads, as people know it: a host, or the name of an app. */
export function placeOf(address: string): string {
  return /^https?:/.test(address) ? new URL(address).host : address.replace(/:.*/s, '');
}

function covers(pattern: string, kind: HandoverTarget['kind'], value: string): boolean {
  const at = pattern.indexOf('*');
  if (at < 0 || kind === 'scheme') return value === pattern;
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
  const stood = value.slice(before.length, Math.max(before.length, value.length - after.length));
  if (value !== before + stood + after || !STAR[kind].test(stood)) return false;
  return kind === 'loopback' || registrableOf(value) === registrableOf(atPlaceholder(pattern));
}

/**
 * The domain that somebody has registered. What stands for a `*` may complete a public suffix: `app.s3.amazonaws.com` is
 * anybody's, `amazonaws.com` is not.
 */
function registrableOf(address: string): string | null {
  return getDomain(address, { allowPrivateDomains: true });
}

function atPlaceholder(pattern: string): string {
  return pattern.replace('*', PLACEHOLDER);
}

function isNormal(address: string): boolean {
  return URL.canParse(address) && new URL(address).href === address;
}

/** A target, or what is wrong with it, as words that follow it. */
function parse(pattern: string): HandoverTarget | string {
  if (pattern.length > MAX_LENGTH) return `which is longer than ${MAX_LENGTH} characters`;
  if (/^https:/i.test(pattern)) return parseHttps(pattern);
  if (/^http:/i.test(pattern)) return parseLoopback(pattern);
  if (/^[\w+-]+:/.test(pattern)) {
    return 'whose scheme anybody can register: it needs one with a dot, the name of a domain of yours turned round, such as com.example.app:/callback (RFC 8252 §7.1)';
  }
  if (pattern.includes('*')) return STAR_FAULT;
  return SCHEME_TARGET.test(pattern) ? { pattern, kind: 'scheme', origin: null } : SHAPE_FAULT;
}

const SHAPE_FAULT =
  'and needs addresses such as https://app.example.com/callback, com.example.app:/callback or http://127.0.0.1:*/callback, comma-separated, without query, fragment or credentials';
const STAR_FAULT =
  'where a * stands in the wrong place: it can stand once, within one label of an https host or for the port of 127.0.0.1, [::1] or localhost';

function parseHttps(pattern: string): HandoverTarget | string {
  const url = parseUrl(pattern, atPlaceholder(pattern));
  if (typeof url === 'string') return url;
  if (url.hostname.endsWith('.')) return SHAPE_FAULT;
  const origin = url.origin.replace(PLACEHOLDER, '*');
  if (!pattern.includes('*')) return { pattern, kind: 'https', origin };
  const labels = url.hostname.split('.');
  const starred = labels.findIndex((label) => label.includes(PLACEHOLDER));
  const rest = labels.slice(starred + 1).join('.');
  if (starred < 0 || rest === '') return STAR_FAULT;
  // A rule such as `*.compute.estate` gives every name below to somebody else, though what remains is no suffix itself.
  if ([rest, `${PLACEHOLDER}.${rest}`].some(isPublicSuffix)) {
    return `where anybody can have a name under ${rest}, and would be given people’s codes: name the host without a *, or use a domain of your own`;
  }
  return { pattern, kind: 'https', origin };
}

function parseLoopback(pattern: string): HandoverTarget | string {
  const url = parseUrl(pattern, pattern.replace(':*/', ':1/'));
  if (typeof url === 'string') return url;
  if (isLoopback(url.hostname)) return { pattern, kind: 'loopback', origin: null };
  return 'which others on the way can read: http is only for programs on the person’s own machine (127.0.0.1, [::1], localhost)';
}

/** @param address the pattern with something in the place of its `*` */
function parseUrl(pattern: string, address: string): URL | string {
  if (address.includes('*')) return STAR_FAULT;
  if (!URL.canParse(address)) return SHAPE_FAULT;
  const url = new URL(address);
  const isBare = url.username === '' && url.password === '' && !/[?#\\]/.test(pattern);
  if (!isBare) return SHAPE_FAULT;
  if (url.href === address) return url;
  const named = url.href.replace(PLACEHOLDER, '*');
  const written = pattern.includes(':*/') ? named.replace(':1/', ':*/') : named;
  return `which browsers write as ${written}: write it so, since addresses are compared letter by letter`;
}

function isPublicSuffix(name: string): boolean {
  return getPublicSuffix(name, { allowPrivateDomains: true }) === name;
}
