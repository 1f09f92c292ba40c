/** Any server of files will do: this one has the page at every path, since there is only one. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const page = readFileSync(new URL('index.html', import.meta.url));
const { port } = new URL(process.env.ORIGIN);

createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
}).listen(Number(port), '127.0.0.1');
