import { ConfiguredMasterKeys, type MasterKeys, SUITES } from '@app/crypto';
import { MasterKeyProbe, PROBE_EVERY_MS } from './master-key-probe';

describe('the probe of the master keys', () => {
  const kept = new ConfiguredMasterKeys('0f'.repeat(32));
  let now = 0;
  let asked = 0;
  let wrap: MasterKeys['wrap'];
  let probe: MasterKeyProbe;
  beforeEach(() => {
    [now, asked] = [0, 0];
    wrap = (...given) => kept.wrap(...given);
    const device: MasterKeys = {
      fingerprints: kept.fingerprints,
      wrap: (...given) => {
        asked += 1;
        return wrap(...given);
      },
      unwrap: (...given) => kept.unwrap(...given),
    };
    probe = new MasterKeyProbe(device, SUITES.standard, () => now);
  });

  it('asks once for all who want to know, and again after a while', async () => {
    await Promise.all([probe.check(), probe.check()]);
    now = PROBE_EVERY_MS - 1;
    await probe.check();
    expect(asked).toBe(1);
    now = PROBE_EVERY_MS;
    await probe.check();
    expect(asked).toBe(2);
  });

  it('does not ask again while a device hangs', () => {
    wrap = () => new Promise(() => undefined);
    void probe.check();
    now = 10 * PROBE_EVERY_MS;
    void probe.check();
    expect(asked).toBe(1);
  });

  it('says that a device is away, and soon that it is back', async () => {
    wrap = () => Promise.reject(new Error('away'));
    await expect(probe.check()).rejects.toThrow('away');
    wrap = (...given) => kept.wrap(...given);
    await expect(probe.check()).rejects.toThrow('away');
    now = PROBE_EVERY_MS;
    await expect(probe.check()).resolves.toBeUndefined();
    expect(asked).toBe(2);
  });

  it('does not believe a device that gives another key back', async () => {
    wrap = (suite, context) => kept.wrap(suite, context, Buffer.alloc(32));
    await expect(probe.check()).rejects.toThrow('another key');
  });
});
