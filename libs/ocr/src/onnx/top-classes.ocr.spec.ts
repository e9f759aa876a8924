import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SOURCE_ARGV } from '../../../../test/support/source-argv';
import { packAtHand } from '../../test/open-engine';
import { identifyPack, readModelFile } from '../packs/load-pack';

/** Real: onnxruntime in a worker thread, with the recogniser of the best pack at hand. */
describe('withTopClasses on the published recogniser', () => {
  it('takes the classes and probabilities that the full output ranks first', async () => {
    const dir = packAtHand();
    const recognizer = identifyPack(dir)!.files.find(({ role }) => role === 'rec')!;
    const workerData = { model: await readModelFile(dir, recognizer), width: 160 };
    const file = join(__dirname, '../../test/compare-classes.worker.ts');
    const worker = new Worker(file, { workerData, execArgv: SOURCE_ARGV });
    const [result] = (await once(worker, 'message')) as [Record<'ranked' | 'top' | 'rankedValues' | 'topValues', number[][]>];
    await worker.terminate();
    expect(result.top).toHaveLength(20);
    expect(result.top.map(([best]) => best)).toEqual(result.ranked.map(([best]) => best));
    result.topValues.forEach((values, step) => {
      values.forEach((value, rank) => expect(value).toBeCloseTo(result.rankedValues[step]![rank]!, 6));
    });
  });
});
