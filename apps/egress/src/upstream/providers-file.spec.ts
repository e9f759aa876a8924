import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProviderDialects } from '@app/providers';
import { documentedDescription } from '../../../../test/support/documented-provider';
import { loadProviderAccounts } from './providers-file';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'piaoyan-providers-'));
  file = join(directory, 'providers.json');
});
afterEach(() => rm(directory, { recursive: true }));

const load = async (content: unknown, dialects = new ProviderDialects()) => {
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return loadProviderAccounts(file, dialects);
};
const netocr = { baseUrl: 'https://netocr.com', credentials: { key: 'KEY', secret: 'TOPSECRET' } };
const messageOf = (content: unknown) =>
  load(content).then(
    () => 'accepted',
    (error: unknown) => (error as Error).message,
  );

it('fills in the documented defaults', async () => {
  expect(await load({ netocr })).toEqual({
    netocr: {
      baseUrl: 'https://netocr.com',
      credentials: { key: 'KEY', secret: 'TOPSECRET', encoding: 'multipart' },
      connectTimeoutMs: 5_000,
      totalTimeoutMs: 30_000,
      ratePerSecond: 2,
      burst: 2,
      allowPlainHttp: false,
    },
  });
});

it('reads credentials from files of their own, beside the providers file', async () => {
  await writeFile(join(directory, 'app-secret'), 'FROMFILE\n');
  const jumdata = { baseUrl: 'https://api.jumdata.com', credentials: { appId: 'demo', appSecretFile: 'app-secret' } };
  expect((await load({ jumdata })).jumdata?.credentials).toEqual({ appId: 'demo', appSecret: 'FROMFILE', dateParameter: 'kqrq' });
});

it('takes the path of an authority from the providers file', async () => {
  expect((await load({ netocr: { ...netocr, caFile: 'ca.crt' } })).netocr?.caFile).toBe(join(directory, 'ca.crt'));
});

it.each([
  [{ ratePerSecond: 0.5 }, { ratePerSecond: 0.5, burst: 1 }],
  [{ ratePerSecond: 1_000 }, { ratePerSecond: 1_000, burst: 1_000 }],
  [
    { ratePerSecond: 20, burst: 1 },
    { ratePerSecond: 20, burst: 1 },
  ],
])('takes the limit %j as %j', async (change, expected) => {
  expect((await load({ netocr: { ...netocr, ...change } })).netocr).toMatchObject(expected);
});

it('takes an account of the generic provider where one is described, and only with what its description needs', async () => {
  const described = new ProviderDialects({ generic: documentedDescription() });
  const generic = { baseUrl: 'https://link.bank.example', credentials: { id: 'bank-01', secret: 'TOPSECRET' } };
  expect((await load({ generic }, described)).generic).toMatchObject(generic);
  await expect(load({ generic })).rejects.toThrow('generic.credentials needs PIAOYAN_GENERIC_PROVIDER_FILE');
  await expect(load({ generic: { ...generic, credentials: { id: 'bank-01' } } }, described)).rejects.toThrow('generic.credentials.secret');
});

it.each([
  ['http://127.0.0.1:8090', {}, 'accepted'],
  ['http://localhost:8090', {}, 'accepted'],
  ['http://sandbox:8090', { allowPlainHttp: true }, 'accepted'],
  ['http://sandbox:8090', {}, 'netocr.baseUrl must be https'],
  ['http://netocr.com', {}, 'netocr.baseUrl must be https'],
  ['https://netocr.com/', {}, 'accepted'],
  ['https://netocr.com/verapi', {}, 'netocr.baseUrl must be an origin'],
  ['https://user:pw@netocr.com', {}, 'netocr.baseUrl must be an origin'],
  ['ftp://netocr.com', {}, 'netocr.baseUrl must be an origin'],
  ['netocr.com', {}, 'netocr.baseUrl must be an origin'],
])('takes %s with %j as: %s', async (baseUrl, change, expected) => {
  expect(await messageOf({ netocr: { ...netocr, baseUrl, ...change } })).toContain(expected);
});

it.each([
  ['{"netocr": {"credentials": {"secret": "TOPSECRET"', 'is not JSON'],
  [{}, 'names no provider'],
  [[], 'file'],
  [{ other: netocr }, 'other'],
  [{ netocr: { ...netocr, timeout: 1 } }, 'timeout'],
  [{ netocr: { ...netocr, totalTimeoutMs: 10 } }, 'netocr.totalTimeoutMs'],
  [{ netocr: { ...netocr, ratePerSecond: 0 } }, 'netocr.ratePerSecond'],
  [{ netocr: { ...netocr, ratePerSecond: 1_001 } }, 'netocr.ratePerSecond'],
  [{ netocr: { ...netocr, credentials: { key: 'KEY' } } }, 'netocr.credentials.secret'],
  [{ netocr: { ...netocr, credentials: { key: 'KEY', secret: 'TOPSECRET\r\nX' } } }, 'netocr.credentials.secret'],
  [
    { netocr: { ...netocr, credentials: { key: 'KEY', secret: 'TOPSECRET', secretFile: 'x' } } },
    'netocr.credentials.secret is given twice',
  ],
  [{ netocr: { ...netocr, credentials: { key: 'KEY', secretFile: 'none' } } }, 'none cannot be read'],
])('refuses %j, naming the place and never a credential', async (content, expected) => {
  const message = await messageOf(content);
  expect(message).toContain(expected);
  expect(message).toContain(file);
  expect(message).not.toContain('TOPSECRET');
});
