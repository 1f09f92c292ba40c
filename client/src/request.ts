import { errorOf } from './errors.js';

/** Where Latchkey is: `PUBLIC_URL`, without a slash at its end, as its own documents spell it. */
export function baseOf(baseUrl: string): string {
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new TypeError('baseUrl has to be Latchkey’s PUBLIC_URL, such as https://id.example.com');
  }
  return new URL(baseUrl).href.replace(/\/$/, '');
}

/** A query of what there is; what is undefined is left out. */
export function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) query.set(name, value);
  const text = query.toString();
  return text && `?${text}`;
}

/** @throws LatchkeyError where it is refused; TypeError where there is no answer */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  const response = await fetch(url, { ...init, headers });
  if (!response.ok) throw await errorOf(response);
  return response;
}

export async function sendForJson<Body>(url: string, init?: RequestInit): Promise<Body> {
  const response = await send(url, init);
  if (response.headers.get('Content-Type')?.includes('json') !== true) {
    throw new TypeError(`${url} did not answer with JSON: is baseUrl Latchkey’s PUBLIC_URL?`);
  }
  return (await response.json()) as Body;
}

/** A body of JSON, and the method that takes one. */
export function withJson(body: object, headers: Readonly<Record<string, string>> = {}) {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
