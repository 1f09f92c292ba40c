/** A form's names and values as OAuth 1.0a servers send them: plain tokens, percent-encoded, nothing else around them. */
const FORM = /^[a-z_]+=[\w%.~+-]*(?:&[a-z_]+=[\w%.~+-]*)*$/i;

/**
 * Parses a form-encoded answer strictly. Endpoints label these as text/html, so the content type cannot tell an error
 * page from an answer; the shape can.
 *
 * @returns the fields, or undefined when the text is anything else, or says something twice
 */
export function parseForm(text: string): Record<string, string> | undefined {
  const body = text.trim();
  if (!FORM.test(body)) return undefined;
  const pairs = [...new URLSearchParams(body)];
  const fields = Object.fromEntries(pairs);
  return Object.keys(fields).length === pairs.length ? fields : undefined;
}
