// Written from src/pages/text by build/client-messages.mjs (npm run client:messages).
/** What a link to a provider says, by language. */
export const labels = {
  en: 'Continue with {provider}',
  de: 'Weiter mit {provider}',
  fr: 'Continuer avec {provider}',
  es: 'Continuar con {provider}',
  pt: 'Continuar com o {provider}',
  ja: '{provider} で続行',
} as const;
