import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { textOf } from './content-coding.js';

const TEXT = '{"name":"Zoë 美咲"}';
const bytes = Buffer.from(TEXT);

describe('a body', () => {
  it.each<[string, string | string[] | undefined, Buffer]>([
    ['plain', undefined, bytes],
    ['said to be plain', 'identity', bytes],
    ['with a byte order mark', undefined, Buffer.from(`\ufeff${TEXT}`)],
    ['gzip', 'gzip', gzipSync(bytes)],
    ['GZIP', ' GZIP ', gzipSync(bytes)],
    ['gzip by its old name', 'x-gzip', gzipSync(bytes)],
    ['br', 'br', brotliCompressSync(bytes)],
    ['deflate', 'deflate', deflateSync(bytes)],
    ['deflate without its wrapper', 'deflate', deflateRawSync(bytes)],
  ])('is read: %s', async (_name, coding, body) => {
    expect(await textOf(body, coding, 1000)).toBe(TEXT);
  });

  it.each<[string, string | string[] | undefined, Buffer]>([
    ['an unknown coding', 'zstd', bytes],
    ['two codings', 'gzip, br', brotliCompressSync(gzipSync(bytes))],
    ['two headers', ['gzip', 'gzip'], gzipSync(bytes)],
    ['the name of an object’s member', 'constructor', bytes],
    ['what is not gzip', 'gzip', bytes],
    ['gzip that is cut', 'gzip', gzipSync(bytes).subarray(0, 20)],
    ['nothing', 'br', Buffer.alloc(0)],
    ['gzip of more than is taken', 'gzip', gzipSync(Buffer.alloc(1001))],
    ['br of more than is taken', 'br', brotliCompressSync(Buffer.alloc(1001))],
    ['deflate of more than is taken', 'deflate', deflateSync(Buffer.alloc(1001))],
  ])('is not read: %s', async (_name, coding, body) => {
    expect(await textOf(body, coding, 1000)).toBeNull();
  });
});
