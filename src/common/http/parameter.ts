/** A parameter of a request: in its query, or in a form's field. */
export function parameterOf(
  { query, body }: { query: Readonly<Record<string, unknown>>; body?: unknown },
  name: string,
): unknown {
  if (query[name] !== undefined || typeof body !== 'object' || body === null) return query[name];
  return Object.hasOwn(body, name) ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
}
