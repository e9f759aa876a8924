import { existsSync } from 'node:fs';
import { familyMiB, residentMiB } from './process-memory';

const NO_PROCESS = 2 ** 30;

/** Real: the kernel's own account of this process, where it keeps one. */
describe('memory of a process', () => {
  it('is what the kernel says', async () => {
    if (!existsSync('/proc/self/smaps_rollup')) return;
    expect(await residentMiB(process.pid)).toBeGreaterThan(30);
    expect(await familyMiB(process.pid)).toBeGreaterThan(30);
  });

  it('is unknown for no process', async () => {
    expect(await residentMiB(NO_PROCESS)).toBeUndefined();
    expect(await familyMiB(NO_PROCESS)).toBeUndefined();
  });
});
