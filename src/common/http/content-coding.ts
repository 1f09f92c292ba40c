import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

type Decode = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const unzip: Decode = promisify(gunzip);
const unwrapped: Decode = promisify(inflateRaw);
const wrapped: Decode = promisify(inflate);

const decoders: Readonly<Record<string, Decode>> = {
  gzip: unzip,
  'x-gzip': unzip,
  br: promisify(brotliDecompress),
  // RFC 9110 §8.4.1.2: some send it without the wrapper, of which the low half of the first byte is 8 (RFC 1950 §2.2).
  deflate: (body, options) => (((body[0] ?? 0) & 15) === 8 ? wrapped : unwrapped)(body, options),
};

/**
 * A body as text. Servers and what stands before them compress unasked, as they may (RFC 9110 §12.5.3).
 *
 * @param coding its `Content-Encoding`
 * @returns null for a coding that is unknown, and for what does not unpack to at most `maxBytes`
 */
export async function textOf(
  body: Uint8Array,
  coding: string | string[] | undefined,
  maxBytes: number,
): Promise<string | null> {
  const name = [coding ?? 'identity'].flat().join(', ').trim().toLowerCase();
  if (name === 'identity') return new TextDecoder().decode(body);
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decode === undefined) return null;
  try {
    return new TextDecoder().decode(await decode(body, { maxOutputLength: maxBytes }));
  } catch {
    return null;
  }
}
