import { describe, expect, it } from '@jest/globals';
import { addressKey, siteKey } from './address-key.js';

describe('addressKey', () => {
  it.each([
    ['an IPv4 address', '203.0.113.7', '203.0.113.7'],
    ['an IPv4-mapped address', '::ffff:203.0.113.7', '203.0.113.7'],
    ['the same in capitals', '::FFFF:203.0.113.7', '203.0.113.7'],
    ['a mapped address in hexadecimal', '::ffff:c633:644d', '198.51.100.77'],
    ['one written out', '0:0:0:0:0:FFFF:c633:644d', '198.51.100.77'],
    ['a translated address (NAT64)', '64:ff9b::c633:644d', '198.51.100.77'],
    ['one with its IPv4 part in decimals', '0064:ff9b::198.51.100.77', '198.51.100.77'],
    ['an IPv6 address', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['one in capitals, with zeros', '2001:0DB8:0001:0002::1', '2001:db8:1:2'],
    ['a shortened one', '2001:db8::1', '2001:db8:0:0'],
    ['one whose zeros are written out', '2001:db8:0:0000::1', '2001:db8:0:0'],
    ['one that is shortened at its end', '2001:db8:1:2::', '2001:db8:1:2'],
    ['one that is shortened at its start', '::1', '0:0:0:0'],
    ['the unspecified one', '::', '0:0:0:0'],
    ['what is no address', 'unknown', 'unknown'],
    ['nothing', '', ''],
  ])('of %s', (_name, address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('is the same for a whole /64, so that a customer cannot rotate addresses', () => {
    expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2:ffff:1:2:3'));
  });

  it('differs between two /64s', () => {
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  });
});

describe('siteKey', () => {
  it('is the same for the /64s of a /48, and for no others', () => {
    const [one, other] = ['2001:db8:1:2::1', '2001:db8:1:ffff::1'].map(addressKey);
    expect([siteKey(one ?? ''), siteKey(other ?? '')]).toEqual(['2001:db8:1', '2001:db8:1']);
    expect(siteKey(addressKey('2001:db8:2:2::1'))).toBe('2001:db8:2');
  });

  it('is there for IPv6 only', () => {
    expect(siteKey(addressKey('203.0.113.7'))).toBeNull();
  });
});
