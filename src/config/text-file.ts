import { readFileSync } from 'node:fs';

/**
 * Reads a text as editors and shells save it: UTF-8, with a byte order mark or without, or UTF-16 (Notepad, and `>` in
 * PowerShell). Bytes that are none of these become U+FFFD.
 *
 * @throws what reading throws
 */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  // A decoder takes its own byte order mark away.
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** By the byte order mark, or else by the empty half of the first character, which configuration has in ASCII. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
