/** A form as OAuth 1.0a servers send it: plain tokens, percent-encoded, and nothing else. */
const FORM = /^[a-z_]+=[\w%.~+-]*(?:&[a-z_]+=[\w%.~+-]*)*$/i;

/**
 * Parses a form-encoded response strictly. Servers label these as text/html, so only the shape, not the content type,
 * distinguishes a response from an error page.
 *
 * @returns the fields, or undefined when the text is not such a form, or repeats a name
 */
export function parseForm(text: string): Record<string, string> | undefined {
  const body = text.trim();
  if (!FORM.test(body)) return undefined;
  const pairs = [...new URLSearchParams(body)];
  const fields = Object.fromEntries(pairs);
  return Object.keys(fields).length === pairs.length ? fields : undefined;
}
