/** Whom the sandbox plays. */
export type SandboxProvider = 'google' | 'twitter' | 'facebook';
