import { drawPage } from '../test/draw-page';
import { openEngine } from '../test/open-engine';
import { OcrClosedError } from '.';

/** Real: onnxruntime in a worker thread. A thread that is ended within a run of a model takes the whole process with it. */

describe('closing an engine', () => {
  it.each([1, 2, 3])('in the midst of a page ends its thread between two runs (%d)', async () => {
    const engine = await openEngine();
    const marks = Array.from({ length: 6 }, (_, row) => ({
      text: '票据号码：0037704965 收款单位（章）：人民医院',
      x: 20,
      y: 60 + 60 * row,
    }));
    let closing: Promise<void> | undefined;
    // Once a line is read the thread is at the next one.
    const onProgress = ({ done }: { done: number }) => {
      if (done > 0) closing ??= engine.close();
    };
    const reading = engine.read(await drawPage(900, 420, marks), { onProgress });
    await expect(reading).rejects.toBeInstanceOf(OcrClosedError);
    await closing;
  });
});
