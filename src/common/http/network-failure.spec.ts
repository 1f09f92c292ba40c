import { describe, expect, it } from '@jest/globals';
import { codeOf, explainNetworkFailure, isUntrusted, withMessage } from './network-failure.js';

const withCode = (code: string) => Object.assign(new Error('canary'), { code });

describe('explainNetworkFailure', () => {
  it.each([
    ['ENOTFOUND', /no address/, /DNS/],
    ['EAI_AGAIN', /no address/, /DNS/],
    ['ECONNREFUSED', /cannot be connected/, /firewall/],
    ['ENOENT', /cannot be connected/, /runs/],
    ['UND_ERR_CONNECT_TIMEOUT', /in time/, /firewall/],
    ['CERT_HAS_EXPIRED', /has expired/, /Renew/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not trusted/, /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /not trusted/, /whole chain/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another name/, /this name/],
    ['SOMETHING_ELSE', /cannot be asked \(SOMETHING_ELSE\)/, /\w/],
  ])('%s', (code, seen, action) => {
    const explained = explainNetworkFailure(withCode(code));
    expect(explained).toEqual({
      seen: expect.stringMatching(seen),
      action: expect.stringMatching(action),
    });
    expect(JSON.stringify(explained)).not.toContain('canary');
  });

  it('explains an aborted request', () => {
    const late = new DOMException('late', 'TimeoutError');
    expect(explainNetworkFailure(late).seen).toMatch(/in time/);
  });
});

describe('isUntrusted', () => {
  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', true],
    ['CERT_HAS_EXPIRED', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false],
    ['ECONNREFUSED', false],
  ])('%s: %s', (code, expected) => {
    expect(isUntrusted(withCode(code))).toBe(expected);
  });
});

describe('codeOf', () => {
  it.each([
    ['its code', withCode('EOWN'), 'EOWN'],
    ['the code of its cause', new Error('x', { cause: withCode('ECAUSE') }), 'ECAUSE'],
    [
      'the first code of several',
      new AggregateError([withCode('EFIRST'), withCode('ESECOND')]),
      'EFIRST',
    ],
    ['its name, without a code', new TypeError('x'), 'TypeError'],
    ['“unknown” for undefined', undefined, 'unknown'],
  ])('%s', (_what, thrown, code) => {
    expect(codeOf(thrown)).toBe(code);
  });
});

describe('a failure without a message', () => {
  it('gets those of the addresses that were tried', () => {
    const tried = new AggregateError([
      new Error('connect ETIMEDOUT'),
      new Error('connect ENETUNREACH'),
    ]);
    expect(withMessage(tried)).toMatchObject({ message: 'connect ETIMEDOUT; connect ENETUNREACH' });
  });

  it.each([
    [new Error('as it is')],
    [new AggregateError([], 'as it is')],
    [new Error('')],
    ['text'],
    [null],
  ])('otherwise it stays as it is: %p', (thrown) => {
    const before = String(thrown);
    expect(withMessage(thrown)).toBe(thrown);
    expect(String(thrown)).toBe(before);
  });
});
