import { once } from 'node:events';
import { createServer } from 'node:http';

const PAGE = `<!doctype html>
<title>Back to your terminal</title>
<link rel="icon" href="data:,">
<h1>Back to your terminal</h1>
<p>You can close this tab.</p>`;

/** Listens for the one answer to a sign-in, on a port of this machine that the system chooses. */
export async function listenForAnswer() {
  const server = createServer();
  // The address, and not "localhost", which may be another machine's (RFC 8252 §8.3).
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = `http://127.0.0.1:${server.address().port}/callback`;

  /** Waits ten minutes for the address that the browser is sent to. Whatever else is asked for here is not there. */
  function answerTo(state) {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(
        () => finish(reject, new Error('Nobody has signed in.')),
        600_000,
      );
      function finish(settle, outcome) {
        clearTimeout(patience);
        server.close();
        settle(outcome);
      }
      server.on('request', ({ url }, response) => {
        const address = new URL(url, target);
        if (address.pathname !== '/callback' || address.searchParams.get('state') !== state) {
          response.writeHead(404).end();
          return;
        }
        response.writeHead(200, { 'Content-Type': 'text/html', Connection: 'close' }).end(PAGE);
        finish(resolve, address.href);
      });
    });
  }

  return { target, answerTo };
}
