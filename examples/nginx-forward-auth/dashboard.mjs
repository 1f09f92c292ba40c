/** Any application that knows nothing of sign-ins: nginx lets nobody through who is not signed in, and says who it is. */
import { createServer } from 'node:http';

const { DASHBOARD, LATCHKEY_URL, ORIGIN } = process.env;
const [host, port] = DASHBOARD.split(':');

const escape = (text) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const dashboard = createServer(({ headers, url }, response) => {
  // Percent-encoded, since headers have no letters beyond ASCII. Key what you keep by the id, never by the name.
  const [id, name] = ['x-latchkey-user', 'x-latchkey-name'].map((header) =>
    escape(decodeURIComponent(headers[header] ?? '')),
  );
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html>
    <title>Dashboard</title>
    <link rel="icon" href="data:,">
    <h1>Hello, ${name}</h1>
    <p>Your id is <code>${id}</code>, and you came for <code>${escape(url)}</code>.</p>
    <form method="post" action="${LATCHKEY_URL}/auth/logout">
      <input type="hidden" name="returnTo" value="${ORIGIN}/">
      <button>Sign out</button>
    </form>`);
}).listen(Number(port), host);
