/** An API that knows who is signed in by a token alone, and a page that calls it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { claimsOf, requireToken } from '@latchkey/client/express';
import { createLatchkeyServer } from '@latchkey/client/server';
import express from 'express';

const { LATCHKEY_URL, AUDIENCE, ORIGIN } = process.env;
const latchkey = createLatchkeyServer({ baseUrl: LATCHKEY_URL, audience: AUDIENCE });

const app = express();

app.get('/hello', requireToken(latchkey), (_request, response) => {
  // Key what you keep by sub: a name is no key.
  const { sub, name } = claimsOf(response);
  response.json({ hello: name, id: sub });
});

// The page stands in for your front end. The client is what the package has: nothing is built.
const client = fileURLToPath(new URL('.', import.meta.resolve('@latchkey/client')));
const file = new URL('index.html', import.meta.url);
const page = readFileSync(file, 'utf8').replace('{{latchkey}}', LATCHKEY_URL);
app.use('/latchkey', express.static(client));
app.get('/', (_request, response) => response.send(page));

// What requireToken passes on is no refusal: the keys cannot be had.
app.use((error, _request, response, _next) => {
  console.error(error);
  response.status(503).set('Retry-After', '5').json({ error: 'Try again.' });
});

app.listen(Number(new URL(ORIGIN).port), '127.0.0.1');
