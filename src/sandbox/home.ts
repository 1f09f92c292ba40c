import type { Response } from 'express';
import { sendPage } from './pages.js';
import { allNames, playedProviders, providers, type SandboxProvider } from './provider.js';
import type { Sandbox, SandboxOptions } from './types.js';

type Urls = Pick<
  Sandbox,
  'googleIssuer' | 'twitterApiUrl' | 'facebookDialogUrl' | 'facebookGraphUrl'
>;

interface Address {
  label: string;
  /** The variable by which a service is led there. */
  variable: string;
  url: string;
}

function addressesOf(urls: Urls): Record<SandboxProvider, readonly Address[]> {
  return {
    google: [{ label: 'Issuer', variable: 'GOOGLE_ISSUER', url: urls.googleIssuer }],
    twitter: [{ label: 'API', variable: 'TWITTER_API_URL', url: urls.twitterApiUrl }],
    facebook: [
      { label: 'Dialog', variable: 'FACEBOOK_DIALOG_URL', url: urls.facebookDialogUrl },
      { label: 'Graph', variable: 'FACEBOOK_GRAPH_URL', url: urls.facebookGraphUrl },
    ],
  };
}

/** The sandbox's first page: whom it plays, and how a service is pointed at it. It shows client ids, but no secrets. */
export function sendHome(res: Response, urls: Urls, clients: SandboxOptions['clients']): void {
  const addresses = addressesOf(urls);
  const rows = playedProviders.map((id) => ({
    id,
    name: providers[id].name,
    protocol: providers[id].protocol,
    addresses: addresses[id],
    clientId: clients[id].clientId,
    redirectUri: clients[id].redirectUri,
  }));
  sendPage(res, 200, 'home', {
    title: allNames('conjunction'),
    providerName: allNames('disjunction'),
    rows,
  });
}
