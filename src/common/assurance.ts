/**
 * How sure it is that the person was there: `proven` (the provider has signed when they authenticated), `asked` (the
 * provider was asked to authenticate them anew, and answered), `none` (a plain sign-in).
 */
export const assurances = ['none', 'asked', 'proven'] as const;

export type Assurance = (typeof assurances)[number];
