import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoSample } from './demo-samples';
import { writeSampleFiles } from './sample-files';

/** Samples whose pictures say the day they were made for. */
const dated = (day: string): DemoSample[] =>
  ['a.png', 'b.jpg'].map((file) => ({
    file,
    provider: 'netocr',
    known: null,
    expected: { decision: 'refuse', elements: null, end: { notSent: 'receipt-refused' } },
    write: () => Promise.resolve(Buffer.from(day)),
  }));

describe('writeSampleFiles', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'piaoyan-samples-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const dayAt = async (now: string): Promise<string> => {
    await writeSampleFiles(folder, new Date(now), dated);
    return readFile(join(folder, 'a.png'), 'utf8');
  };

  it('makes the receipts for the day in Shanghai', async () => {
    expect(await dayAt('2026-11-22T20:00:00Z')).toBe('2026-11-23');
  });

  it('keeps those of an earlier start, and renews them before they are too old to verify', async () => {
    expect(await dayAt('2026-11-22T00:00:00Z')).toBe('2026-11-22');
    expect(await dayAt('2027-01-10T00:00:00Z')).toBe('2026-11-22');
    expect(await dayAt('2027-01-20T00:00:00Z')).toBe('2027-01-20');
  });

  it('does not keep receipts dated in the future, as after a clock was set right', async () => {
    expect(await dayAt('2027-01-20T00:00:00Z')).toBe('2027-01-20');
    expect(await dayAt('2026-11-22T00:00:00Z')).toBe('2026-11-22');
  });

  it('writes one file a sample', async () => {
    await dayAt('2026-11-22T00:00:00Z');
    expect(await readdir(folder)).toEqual(['a.png', 'b.jpg', 'made-for-day']);
  });
});
