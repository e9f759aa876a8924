import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storageCheck } from './storage-check';

describe('storageCheck', () => {
  it('leaves nothing behind in a folder it can write to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'piaoyan-doctor-'));
    expect(await storageCheck(folder).run()).toEqual({ state: 'ok', detail: folder });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says what to do about a folder that is not there', async () => {
    expect(await storageCheck('/nonexistent/receipts').run()).toMatchObject({
      state: 'fail',
      advice: 'create the folder, or mount the volume',
    });
  });

  it('skips when no folder is set', async () => {
    expect((await storageCheck(undefined).run()).state).toBe('skip');
  });
});
