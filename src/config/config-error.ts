export interface Problem {
  readonly variable: string;
  /** What the variable needs, as a phrase that follows its name. */
  readonly needs: string;
}

/** An invalid configuration: one message lists every problem with its variable. */
export class ConfigError extends Error {
  constructor(
    readonly problems: readonly Problem[],
    set: Readonly<Record<string, string | undefined>>,
    misspelt: readonly { variable: string; meant: string }[] = [],
  ) {
    const lines = problems.map(
      ({ variable, needs }) => `  ${variable}${shown(variable, set[variable])} ${needs}`,
    );
    for (const { variable, meant } of misspelt) {
      lines.push(`  (${variable} is set, and ignored: it is nearly ${meant})`);
    }
    super(
      `The configuration is not usable:\n${lines.join('\n')}\nSee .env.example for every variable.`,
    );
    this.name = 'ConfigError';
  }
}

/** A variable's value for the message. Secrets, and URLs that may contain a password, are never printed. */
function shown(variable: string, value: string | undefined): string {
  if (value === undefined) return '';
  if (/SECRET|SERVICE_KEYS|DATABASE_URL|OTLP_\w*(?:ENDPOINT|HEADERS)/.test(variable))
    return ` (${value.length} characters)`;
  return ` (${JSON.stringify(value.slice(0, 80).replace(/\/\/.*@/, '//…@'))})`;
}
