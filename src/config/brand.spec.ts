import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';

function problemsOf(environment: Environment): string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
  return [];
}

it('is what the variables say', () => {
  const { brand } = loadConfig({
    APP_NAME: ' Acme & Söhne ',
    APP_URL: 'https://acme.example/?from=id',
    APP_LOGO_URL: 'https://cdn.acme.example/logo.svg',
    APP_LOGO_DARK_URL: 'https://cdn.acme.example/logo-dark.svg',
    APP_ACCENT: '#6B3DF5',
    PRIVACY_URL: 'https://acme.example/privacy',
    TERMS_URL: 'https://acme.example/terms',
  });
  expect(brand).toEqual({
    name: 'Acme & Söhne',
    url: 'https://acme.example/?from=id',
    logoUrl: 'https://cdn.acme.example/logo.svg',
    logoDarkUrl: 'https://cdn.acme.example/logo-dark.svg',
    accent: '#6b3df5',
    privacyUrl: 'https://acme.example/privacy',
    termsUrl: 'https://acme.example/terms',
  });
});

describe('the accent', () => {
  it.each(['#6b3df5', '6b3df5', '#6B3DF5FF', 'rgb(107 61 245)', 'RGB(107, 61,245)'])(
    'is an opaque colour: %s',
    (APP_ACCENT) => {
      expect(loadConfig({ APP_ACCENT }).brand.accent).toBe('#6b3df5');
    },
  );

  it.each(['#fa0', 'fa0', '#fa0f'])('may be a short one: %s', (APP_ACCENT) => {
    expect(loadConfig({ APP_ACCENT }).brand.accent).toBe('#ffaa00');
  });
});

it('may be on this machine by http while developing', () => {
  const address = 'http://acme.localhost:5173/';
  expect(loadConfig({ APP_URL: address, APP_LOGO_URL: address }).brand.url).toBe(address);
});

it('has a logo for light pages where it has one for dark', () => {
  expect(problemsOf({ APP_LOGO_DARK_URL: 'https://cdn.test/dark.svg' })).toEqual(['APP_LOGO_URL']);
});

it('has all that is wrong with it in one message', () => {
  const environment = { APP_ACCENT: 'red-ish', APP_URL: 'acme', PORT: 'http' };
  expect(problemsOf(environment).toSorted()).toEqual(['APP_ACCENT', 'APP_URL', 'PORT']);
});
