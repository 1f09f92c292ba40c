import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runDoctor } from '../support/doctor.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { type MeddlingProxy, startProxy } from '../support/meddling-proxy.js';
import { compileService } from '../support/service-process.js';

const TIMEOUT_MS = 30_000;
const DAYS = 10;

let folder: string;
let latchkey: Latchkey;
let proxy: MeddlingProxy;
let compiled: ReturnType<typeof compileService>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-doctor-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ${key} -out ${cert} -days ${DAYS} -subj /CN=localhost -addext subjectAltName=DNS:localhost`.split(
      ' ',
    ),
    { stdio: 'ignore' },
  );
  const port = await freePort();
  proxy = await startProxy(port, {
    key: readFileSync(key, 'utf8'),
    cert: readFileSync(cert, 'utf8'),
  });
  latchkey = await startLatchkey({ PORT: String(port), PUBLIC_URL: proxy.url, TRUST_PROXY: '1' });
  compiled = compileService();
}, TIMEOUT_MS);

afterAll(async () => {
  await latchkey.close();
  await proxy.close();
  compiled.remove();
  rmSync(folder, { recursive: true });
});

it(
  'reports an untrusted certificate',
  async () => {
    const { code, output } = await runDoctor(compiled.main, latchkey.environment, ['--request']);
    expect(output).toMatch(/ {2}BROKEN {3}PUBLIC_URL has a certificate that is not trusted/);
    expect(output).toContain('NODE_EXTRA_CA_CERTS');
    expect(code).toBe(1);
  },
  TIMEOUT_MS,
);

it(
  'reports the end of a certificate, and the Secure cookie',
  async () => {
    const { output } = await runDoctor(
      compiled.main,
      { ...latchkey.environment, NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') },
      ['--request'],
    );
    expect(output).toContain(`  ok       ${proxy.url} leads to the service.\n`);
    expect(output).toMatch(/ {2}warning {2}The certificate of PUBLIC_URL expires in (?:9|10) day/);
    expect(output).toContain('Its cookie arrives with HttpOnly, SameSite=Lax, Path=/, Secure.');
  },
  TIMEOUT_MS,
);
