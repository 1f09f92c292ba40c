import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { providerIds } from '../common/provider-id.js';
import { providers } from '../providers/registry.js';
import { providerVariables } from './providers.js';
import { variables } from './variables.js';

const SANDBOX = 'http://127.0.0.1:4000';

describe.each(providerIds)('the description of %s', (id) => {
  const { mark, console: registration, label, settings } = providers[id];

  it('has a mark that is a picture and nothing else', () => {
    expect(mark).toMatch(/^<svg [^>]*aria-hidden="true"[^>]*>.*<\/svg>$/);
    expect(mark).not.toMatch(/script|on\w+=|href/i);
  });

  it('says where it is registered', () => {
    expect(registration.where).toMatch(/https:\/\//);
    expect([label, registration.field, registration.needs]).not.toContain('');
  });

  it('leaves no address at the provider itself while the sandbox takes its place', () => {
    const defaults = Object.entries(settings.parse({}));
    const addresses = defaults.filter(([, value]) => URL.canParse(String(value)));
    expect(addresses).not.toHaveLength(0);
    const replaced: Record<string, unknown> = { ...providers[id].sandboxSettings(SANDBOX) };
    for (const [setting] of addresses) {
      expect([setting, replaced[setting]]).toEqual([
        setting,
        expect.stringMatching(`^${SANDBOX}/`),
      ]);
    }
  });
});

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

it.each([...Object.keys(variables.shape), ...Object.keys(providerVariables.shape)])(
  '.env.example describes %s',
  (variable) => {
    expect(example).toMatch(new RegExp(`\\b${variable}\\b`));
  },
);
