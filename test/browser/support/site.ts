import { createServer } from 'node:http';

/** Another site, with one page on it. */
export interface Site {
  url: string;
  close(): Promise<void>;
}

/** Serves a page on 127.0.0.1, which is another site than the service on localhost. */
export async function serveSite(html: string): Promise<Site> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><link rel="icon" href="data:,"><title>Elsewhere</title>${html}`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
