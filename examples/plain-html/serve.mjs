/** Any server of files will do. This one has the page, and beside it, under latchkey/, what the client's package has in dist. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename } from 'node:path';

const page = new URL('index.html', import.meta.url);
const client = import.meta.resolve('@latchkey/client');
const { port } = new URL(process.env.ORIGIN);

async function answer({ url }, response) {
  const { pathname } = new URL(url, process.env.ORIGIN);
  const isScript = /^\/latchkey\/[\w-]+\.js$/.test(pathname);
  const file = isScript ? new URL(basename(pathname), client) : page;
  const type = isScript ? 'text/javascript' : 'text/html; charset=utf-8';
  const content = await readFile(file).catch(() => null);
  response.writeHead(content === null ? 404 : 200, { 'Content-Type': type }).end(content);
}

createServer((request, response) => void answer(request, response)).listen(
  Number(port),
  '127.0.0.1',
);
