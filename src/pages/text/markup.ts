const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that stands in a page as it is: only `markup` makes it. */
export class Html {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** What a page shows of a value: only `Html` is not escaped. */
export function shown(value: unknown): string {
  if (value instanceof Html) return value.toString();
  const text = String(value);
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign) : text;
}

/** A sentence with elements in it, such as a name that is set apart. Every value is escaped, except what this has made. */
export function markup(parts: TemplateStringsArray, ...values: (string | Html)[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(shown)));
}
