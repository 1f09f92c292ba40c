import type { ProviderId } from '../common/provider-id.js';

/** The name of the variable that holds a provider's client id (X calls it the API key). */
export function clientIdVariable<Id extends ProviderId>(id: Id): `${Uppercase<Id>}_CLIENT_ID` {
  return `${id.toUpperCase() as Uppercase<Id>}_CLIENT_ID`;
}

/** The name of the variable that holds a provider's client secret. */
export function clientSecretVariable<Id extends ProviderId>(
  id: Id,
): `${Uppercase<Id>}_CLIENT_SECRET` {
  return `${id.toUpperCase() as Uppercase<Id>}_CLIENT_SECRET`;
}
