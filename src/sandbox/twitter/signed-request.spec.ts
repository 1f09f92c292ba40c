import { describe, expect, it } from '@jest/globals';
import {
  hmacSha1Signature,
  parseAuthorizationHeader,
  percentEncode,
  signatureBaseString,
  type Pair,
} from './signed-request.js';

describe('percentEncode', () => {
  it.each([
    ['Ladies + Gentlemen', 'Ladies%20%2B%20Gentlemen'],
    ['An encoded string!', 'An%20encoded%20string%21'],
    ["*'()~-._", '%2A%27%28%29~-._'],
    ['☃', '%E2%98%83'],
  ])('%s', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });
});

describe('the signature', () => {
  it('has the base string of RFC 5849 §3.4.1.1', () => {
    const pairs: Pair[] = [
      ...new URLSearchParams('b5=%3D%253D&a3=a&c%40=&a2=r%20b'),
      ...new URLSearchParams('c2&a3=2+q'),
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
    ];
    expect(signatureBaseString('post', 'http://EXAMPLE.com:80/request?b5=x', pairs)).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
  });

  it('is the one of the example in X’s documentation', () => {
    const pairs: Pair[] = [
      ['status', 'Hello Ladies + Gentlemen, a signed OAuth request!'],
      ['include_entities', 'true'],
      ['oauth_consumer_key', 'xvz1evFS4wEEPTGEFPHBog'],
      ['oauth_nonce', 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '1318622958'],
      ['oauth_token', '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb'],
      ['oauth_version', '1.0'],
    ];
    const base = signatureBaseString(
      'POST',
      'https://api.twitter.com/1.1/statuses/update.json',
      pairs,
    );
    expect(
      hmacSha1Signature(
        base,
        'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
        'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
      ),
    ).toBe('hCtSmYh+iHYCEqBWrE7C7hYmtUk=');
  });
});

describe('parseAuthorizationHeader', () => {
  it('decodes the parameters and leaves the realm out', () => {
    const header =
      'OAuth realm="a, b", oauth_callback="http%3A%2F%2Fx.test%2Fa%3Fb",oauth_nonce="n"';
    expect([...(parseAuthorizationHeader(header) ?? [])]).toEqual([
      ['oauth_callback', 'http://x.test/a?b'],
      ['oauth_nonce', 'n'],
    ]);
  });

  it.each([
    ['another scheme', 'Bearer abc'],
    ['a value without quotes', 'OAuth oauth_nonce=n'],
    ['a parameter twice', 'OAuth oauth_nonce="n", oauth_nonce="m"'],
    ['bad percent-encoding', 'OAuth oauth_nonce="%zz"'],
    ['no header at all', ''],
  ])('refuses %s', (_what, header) => {
    expect(parseAuthorizationHeader(header)).toBeUndefined();
  });
});
