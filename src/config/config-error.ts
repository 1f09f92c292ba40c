/** One thing that is wrong with one variable. */
export interface Problem {
  readonly variable: string;
  /** A phrase that follows the variable's name: what it needs. */
  readonly needs: string;
}

/** Configuration that the service will not start with: every problem in one message, each naming its variable. */
export class ConfigError extends Error {
  constructor(
    readonly problems: readonly Problem[],
    set: Readonly<Record<string, string | undefined>>,
  ) {
    const lines = problems.map(
      ({ variable, needs }) => `  ${variable}${shown(variable, set[variable])} ${needs}`,
    );
    super(
      `The configuration is not usable:\n${lines.join('\n')}\nSee .env.example for every variable.`,
    );
    this.name = 'ConfigError';
  }
}

/** What a variable has, for the message. Secrets, and URLs that may carry a password, are never printed. */
function shown(variable: string, value: string | undefined): string {
  if (value === undefined) return '';
  if (/SECRET|DATABASE_URL|OTLP_\w*(?:ENDPOINT|HEADERS)/.test(variable))
    return ` (${value.length} characters)`;
  return ` (${JSON.stringify(value.slice(0, 80).replace(/\/\/.*@/, '//…@'))})`;
}
