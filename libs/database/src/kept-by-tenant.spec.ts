import { KeptByTenant } from './kept-by-tenant';
import type { Tx } from './tx';

const of = (tenantId: string) => ({ tenant: { tenantId } }) as Tx;

describe('KeptByTenant', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('asks once a second for each tenant, and at once after a change', async () => {
    const kept = new KeptByTenant<number>();
    let asked = 0;
    const get = (tenant: string) => kept.get(of(tenant), () => Promise.resolve(++asked));
    expect([await get('a'), await get('a'), await get('b')]).toEqual([1, 1, 2]);
    jest.setSystemTime(999);
    expect(await get('a')).toBe(1);
    jest.setSystemTime(1_000);
    expect(await get('a')).toBe(3);
    kept.forget(of('a'));
    expect([await get('a'), await get('b')]).toEqual([4, 5]);
  });

  it('keeps nothing of what failed', async () => {
    const kept = new KeptByTenant<string>();
    await expect(kept.get(of('a'), () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await kept.get(of('a'), () => Promise.resolve('there'))).toBe('there');
  });
});
