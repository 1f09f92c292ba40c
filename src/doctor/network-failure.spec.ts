import { describe, expect, it } from '@jest/globals';
import { codeOf, explain } from './network-failure.js';

const withCode = (code: string) => Object.assign(new Error('canary'), { code });

describe('explain', () => {
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
    const explained = explain(withCode(code));
    expect(explained).toEqual({
      seen: expect.stringMatching(seen),
      action: expect.stringMatching(action),
    });
    expect(JSON.stringify(explained)).not.toContain('canary');
  });

  it('knows a deadline of ours', () => {
    expect(explain(new DOMException('late', 'TimeoutError')).seen).toMatch(/in time/);
  });
});

describe('codeOf', () => {
  it.each([
    ['its own', withCode('EOWN'), 'EOWN'],
    ['that of a cause', new Error('x', { cause: withCode('ECAUSE') }), 'ECAUSE'],
    [
      'the first of several',
      new AggregateError([withCode('EFIRST'), withCode('ESECOND')]),
      'EFIRST',
    ],
    ['a name, for want of one', new TypeError('x'), 'TypeError'],
    ['of nothing', undefined, 'unknown'],
  ])('%s', (_what, thrown, code) => {
    expect(codeOf(thrown)).toBe(code);
  });
});
