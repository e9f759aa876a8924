import { WebhookTargets } from '@app/contracts';
import type { LookupAddress } from 'node:dns';
import { AllowedTargets } from './allowed-targets';
import { type GuardedService, TargetResolver } from './target-resolver';

const GUARDED: GuardedService[] = [
  { host: 'db.bank.example', port: 5432 },
  { host: '10.20.0.9', port: 8443 },
  { host: 'kubernetes.default.svc', port: 443 },
];
const ZONE: Record<string, string[]> = {
  'erp.bank.example': ['8.8.8.8', '2600::1'],
  'inner.bank.example': ['10.20.0.7'],
  'half.bank.example': ['8.8.8.8', '127.0.0.1'],
  'db.bank.example': ['10.20.0.15'],
  'database-by-another-name.bank.example': ['10.20.0.15'],
  'gateway.bank.example': ['10.20.0.9'],
  'me.bank.example': ['10.20.0.66'],
  'metadata.bank.example': ['169.254.169.254'],
  'cluster.bank.example': ['10.20.0.1'],
  'kubernetes.default.svc': ['10.20.0.1'],
  'empty.bank.example': [],
};
const HOSTS =
  'https://*.bank.example, https://kubernetes.default.svc, https://metadata.google.internal, https://metadata.goog, 10.20.0.0/16';

describe('TargetResolver', () => {
  let asked: string[];
  beforeEach(() => (asked = []));

  const lookup = (host: string): Promise<LookupAddress[]> => {
    asked.push(host);
    const found = ZONE[host];
    if (found === undefined) return Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    return Promise.resolve(found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
  const resolve = (url: string, list = HOSTS): Promise<LookupAddress[]> => {
    const allowed = new AllowedTargets(WebhookTargets.parse(list));
    return new TargetResolver(allowed, GUARDED, lookup, () => ['10.20.0.66', '127.0.0.1']).resolve(allowed.admit(url));
  };

  it('gives every address of the name, which it asked for once', async () => {
    expect(await resolve('https://erp.bank.example/')).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2600::1', family: 6 },
    ]);
    expect(asked.filter((host) => host === 'erp.bank.example')).toHaveLength(1);
  });

  it('lets a listed network be reached by name and by address', async () => {
    expect(await resolve('https://inner.bank.example/')).toEqual([{ address: '10.20.0.7', family: 4 }]);
    expect(await resolve('https://10.20.0.7/')).toEqual([{ address: '10.20.0.7', family: 4 }]);
    expect(asked).not.toContain('10.20.0.7');
  });

  it.each([
    ['one address of several is not allowed', 'https://half.bank.example/'],
    ['it is the database', 'https://db.bank.example/'],
    ['it is the database under another name', 'https://database-by-another-name.bank.example/'],
    ['it is the database by address', 'https://10.20.0.15/'],
    ['it is the gateway', 'https://gateway.bank.example/'],
    ['it is this machine', 'https://me.bank.example/'],
    ['it is a metadata service', 'https://metadata.bank.example/'],
    ['it is a metadata service by its own name', 'https://metadata.google.internal/'],
    ['it is a metadata service by its short name', 'https://metadata.goog/'],
    ["it is the cluster's API", 'https://kubernetes.default.svc/'],
    ["it is the cluster's API under another name", 'https://cluster.bank.example/'],
    ['the name leads nowhere', 'https://empty.bank.example/'],
  ])('refuses a target when %s', async (_what, url) => {
    await expect(resolve(url)).rejects.toThrow('webhook target refused');
  });

  it('passes on what the resolver says', async () => {
    await expect(resolve('https://missing.bank.example/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it("goes to loopback where the operator named the port, unless it is one of the installation's", async () => {
    expect(await resolve('http://127.0.0.1:9000/', 'http://127.0.0.1:9000')).toEqual([{ address: '127.0.0.1', family: 4 }]);
    await expect(resolve('http://127.0.0.1:5432/', 'http://127.0.0.1:5432')).rejects.toThrow('service of the installation');
  });
});
