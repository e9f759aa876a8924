import { UNREACHABLE } from '../api/failure';
import { changeUploads, nextToSend, type Upload, type UploadAction } from './upload-queue';

const files = ['a.png', 'b.png', 'c.png', 'd.png'].map((name) => new File(['x'], name));
const after = (...actions: UploadAction[]): readonly Upload[] =>
  actions.reduce<readonly Upload[]>(changeUploads, changeUploads([], { type: 'add', files, firstKey: 1 }));
const keys = (uploads: readonly Upload[]): number[] => uploads.map(({ key }) => key);

describe('the upload queue', () => {
  it('sends two at a time, in the order chosen', () => {
    expect(keys(nextToSend(after()))).toEqual([1, 2]);
    expect(keys(nextToSend(after({ type: 'send', key: 1 }, { type: 'send', key: 2 })))).toEqual([]);
    expect(keys(nextToSend(after({ type: 'send', key: 1 }, { type: 'send', key: 2 }, { type: 'arrive', key: 1 })))).toEqual([3]);
  });

  it('tells how far each file is', () => {
    const [first, second] = after({ type: 'send', key: 1 }, { type: 'progress', key: 1, progress: 0.4 });
    expect(first).toMatchObject({ state: 'sending', progress: 0.4 });
    expect(second).toMatchObject({ state: 'waiting', progress: 0 });
  });

  it('keeps a failed file with its failure and goes on with the others', () => {
    const failed = after({ type: 'send', key: 1 }, { type: 'fail', key: 1, failure: UNREACHABLE.failure });
    expect(failed[0]).toMatchObject({ state: 'failed', failure: { kind: 'unreachable' } });
    expect(keys(nextToSend(failed))).toEqual([2, 3]);
  });

  it('keeps an archive with what became of its documents until it is dismissed', () => {
    const batch = { id: 'b', items: [], problem: null };
    const unpacked = after({ type: 'send', key: 1 }, { type: 'unpack', key: 1, batch });
    expect(unpacked[0]).toMatchObject({ state: 'unpacked', batch });
    expect(keys(nextToSend(unpacked))).toEqual([2, 3]);
    expect(keys(changeUploads(unpacked, { type: 'dismiss', key: 1 }))).toEqual([2, 3, 4]);
  });

  it('sends a failed file again when asked, from the beginning', () => {
    const failed = after(
      { type: 'send', key: 1 },
      { type: 'progress', key: 1, progress: 0.9 },
      { type: 'fail', key: 1, failure: UNREACHABLE.failure },
    );
    expect(changeUploads(failed, { type: 'retry', key: 1 })[0]).toMatchObject({ state: 'waiting', progress: 0, failure: null });
    expect(keys(changeUploads(failed, { type: 'dismiss', key: 1 }))).toEqual([2, 3, 4]);
  });
});
