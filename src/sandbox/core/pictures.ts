import { createHash } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { exactRoutes } from './provider.js';

const PATH = '/sandbox/pictures';

/** The pattern has five rows of five, of which the left half is drawn and mirrored. */
const SIZE = 5;
const DRAWN = Math.ceil(SIZE / 2);

/** Where the picture of an account is. Providers put what says its size behind it. */
export function pictureUrl(url: string, key: string): string {
  return `${url}${PATH}/${createHash('sha256').update(`picture\n${key}`).digest('hex').slice(0, 16)}`;
}

/** A pattern that tells one account from another, drawn from what its address says. */
function draw(hash: string): string {
  const bits = BigInt(`0x${hash}`);
  const hue = Number(bits % 360n);
  const squares = Array.from({ length: SIZE * DRAWN }, (_none, at) => {
    const isSet = (bits >> BigInt(at + 9)) % 2n === 1n;
    const [column, row] = [at % DRAWN, Math.floor(at / DRAWN)];
    const columns = new Set([column, SIZE - 1 - column]);
    return isSet ? [...columns].map((x) => `M${x + 1.5} ${row + 1.5}h1v1h-1z`).join('') : '';
  }).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="256" height="256"><path fill="hsl(${hue} 60% 92%)" d="M0 0h8v8H0z"/><path fill="hsl(${hue} 55% 42%)" d="${squares}"/></svg>\n`;
}

const show: RequestHandler = (req, res, next) => {
  const [hash] = /^[\da-f]{16}/.exec(String(req.params['name'])) ?? [];
  if (hash === undefined) next();
  else res.type('image/svg+xml').send(draw(hash));
};

/** The pictures of everybody: nothing is asked of anybody else for them. */
export function createPictures(): Router {
  const router = Router(exactRoutes);
  router.get(`${PATH}/:name`, show);
  return router;
}
