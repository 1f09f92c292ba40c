import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';

const SESSION_SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';

function messageFor(environment: Environment): string {
  try {
    loadConfig({ SESSION_SECRET, ...environment });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('COOKIE_DOMAIN', () => {
  it.each([
    ['example.com', 'https://id.example.com'],
    ['example.com', 'https://example.com'],
    ['Example.COM', 'https://id.example.com/auth'],
    ['eu.example.co.uk', 'https://a.id.eu.example.co.uk'],
    ['acme.fly.dev', 'https://id.acme.fly.dev'],
    ['corp.internal', 'https://id.corp.internal'],
    ['acme.localhost', 'http://id.acme.localhost:3000'],
    ['xn--bcher-kva.example', 'https://id.bücher.example'],
  ])('%s is taken for %s', (domain, publicUrl) => {
    const config = loadConfig({ SESSION_SECRET, COOKIE_DOMAIN: domain, PUBLIC_URL: publicUrl });
    expect(config.cookieDomain).toBe(domain.toLowerCase());
  });

  it('is none by default', () => {
    expect(loadConfig({}).cookieDomain).toBeNull();
  });

  it.each([
    ['com', 'https://id.example.com'],
    ['co.uk', 'https://id.example.co.uk'],
    ['fly.dev', 'https://acme.fly.dev'],
    ['up.railway.app', 'https://acme.up.railway.app'],
    ['vercel.app', 'https://acme.vercel.app'],
    ['GitHub.io', 'https://acme.github.io'],
    ['internal', 'https://id.internal'],
    ['localhost', 'http://id.localhost:3000'],
    ['compute.amazonaws.com', 'https://ec2-1.compute.amazonaws.com'],
  ])('%s is a public suffix, and refused', (domain, publicUrl) => {
    expect(messageFor({ COOKIE_DOMAIN: domain, PUBLIC_URL: publicUrl })).toMatch(
      /COOKIE_DOMAIN \(".*"\) is a public suffix/,
    );
  });

  it.each([
    ['example.com', 'https://id.example.org'],
    ['example.com', 'https://notexample.com'],
    ['id.example.com', 'https://example.com'],
    ['example.com', undefined],
  ])('%s is refused where PUBLIC_URL is %s', (domain, publicUrl) => {
    expect(messageFor({ COOKIE_DOMAIN: domain, PUBLIC_URL: publicUrl })).toContain(
      'does not contain PUBLIC_URL’s host',
    );
  });

  it.each([
    'https://example.com',
    '.example.com',
    'example.com:443',
    'example.com/',
    '*.example.com',
    'exa mple.com',
    'bücher.example',
    '127.0.0.1',
    '[::1]',
    'example..com',
    'example.com.',
  ])('%s is no domain', (domain) => {
    const message = messageFor({ COOKIE_DOMAIN: domain, PUBLIC_URL: 'https://id.example.com' });
    expect(message).toMatch(/COOKIE_DOMAIN \(".*"\) needs the domain/);
  });
});
