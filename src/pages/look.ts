import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { pageHeaders } from '../common/http/page-headers.js';
import { providerIds } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { localOrigin } from '../config/providers.js';
import { accentFor } from './accent.js';
import { KEYHOLE } from './icons.js';
import { initialOf } from './initial.js';
import { styleSheet } from './style/style-sheet.js';

/** Whose pages they are: what each of them shows. */
export interface Brand {
  /** The team's name; null where none is set. */
  name: string | null;
  /** The name, or else the host. */
  shownName: string;
  /** Where the application is; null where nobody has said. */
  url: string | null;
  logo: { src: string; dark: string | null } | null;
  /** The name's first letter; null where there is no name. */
  initial: string | null;
  icon: string;
  links: Record<'privacy' | 'terms' | 'support', string | null>;
}

/** What the pages look like, made once from the configuration: the brand, the style sheet, and what they may load. */
@Injectable()
export class Look {
  readonly brand: Brand;
  readonly styleSheet: string;
  private readonly styles: string;
  private readonly logos: readonly string[];
  /** Where pictures come from that have no https: the sandbox. */
  private readonly pictures: readonly string[];

  constructor(@Inject(CONFIG) config: Config) {
    const { brand, providers } = config;
    this.brand = brandOf(config);
    this.styleSheet = styleSheet(brand.accent);
    this.styles = `'sha256-${createHash('sha256').update(this.styleSheet).digest('base64')}'`;
    this.logos = originsOf([brand.logoUrl, brand.logoDarkUrl]);
    this.pictures = originsOf(providerIds.map((id) => localOrigin(providers, id)));
  }

  /** The headers of a page that loads nothing but the logo. */
  headers(): Record<string, string> {
    return this.headersWith(this.logos, "form-action 'self'");
  }

  /**
   * The account page's, which shows a picture from wherever the provider has it, and whose forms connect providers.
   * Chromium applies `form-action` to the redirects after a form too, and a provider's own lead to addresses that cannot be
   * listed.
   */
  accountHeaders(): Record<string, string> {
    const pictures = [
      ...this.pictures,
      ...this.logos.filter((origin) => origin.startsWith('http:')),
    ];
    return this.headersWith([...pictures, 'https:'], null);
  }

  /** Of another page whose form begins at a provider. */
  headersLeadingAnywhere(): Record<string, string> {
    return this.headersWith(this.logos, null);
  }

  /**
   * Of a page whose form leads to an address of another origin, or of a scheme. IPv6 addresses have no place in a policy
   * (CSP Level 3 §2.3.1): their scheme stands for them.
   */
  headersLeadingTo(address: string): Record<string, string> {
    const { protocol, origin, hostname } = new URL(address);
    const source = /^https?:$/.test(protocol) && !hostname.startsWith('[') ? origin : protocol;
    return this.headersWith(this.logos, `form-action 'self' ${source}`);
  }

  /** No script at all; the style sheet is known by its hash, the icon is in the page. */
  private headersWith(
    pictures: readonly string[],
    formAction: string | null,
  ): Record<string, string> {
    const policy = [
      "default-src 'none'",
      `style-src ${this.styles}`,
      ['img-src', ...pictures, 'data:'].join(' '),
      "base-uri 'none'",
      "frame-ancestors 'none'",
      ...(formAction === null ? [] : [formAction]),
    ];
    return pageHeaders(policy.join('; '));
  }
}

function originsOf(addresses: readonly (string | null)[]): string[] {
  return [
    ...new Set(addresses.flatMap((address) => (address === null ? [] : new URL(address).origin))),
  ];
}

function brandOf({ brand, publicUrl, supportUrl }: Config): Brand {
  const { name, url, logoUrl, logoDarkUrl, accent } = brand;
  const initial = name === null ? null : initialOf(name);
  return {
    name,
    shownName: name ?? new URL(url ?? publicUrl.href).host,
    url,
    logo: logoUrl === null ? null : { src: logoUrl, dark: logoDarkUrl },
    initial,
    icon: iconOf(initial, accent),
    links: { privacy: brand.privacyUrl, terms: brand.termsUrl, support: supportUrl },
  };
}

/** The initial on the team's colour, or a keyhole. */
function iconOf(initial: string | null, accent: string | null): string {
  const { accent: fill, onAccent: ink } =
    accent === null ? { accent: '#17191e', onAccent: '#ffffff' } : accentFor(accent, 'light');
  const sign =
    initial === null
      ? `<path fill="${ink}" d="${KEYHOLE}"/>`
      : `<text x="12" y="12" fill="${ink}" font-family="system-ui,sans-serif" font-size="13" font-weight="600" text-anchor="middle" dominant-baseline="central">${escaped(initial)}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="${fill}"/>${sign}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
