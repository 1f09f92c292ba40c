/** Text as JSON; undefined, which JSON has no word for, when it is none. What comes out is unknown until a schema has seen it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
