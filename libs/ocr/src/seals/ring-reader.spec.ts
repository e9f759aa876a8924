import { drawPage } from '../../test/draw-page';
import { drawSeal } from '../../test/draw-seal';
import { OcrError } from '../ocr.error';
import type { PageSeal } from '../page';
import { readRing } from './ring-reader';

const SEAL: PageSeal = {
  shape: 'round',
  colour: 'red',
  quad: [
    [80, 80],
    [320, 80],
    [320, 320],
    [80, 320],
  ],
  ellipse: { centre: [200, 200], semiMajor: 120, semiMinor: 120, angle: 0 },
  confidence: 1,
};

const drawn = (text: string) => drawPage(400, 400, [], { overlay: drawSeal({ x: 200, y: 200, across: 120, text }) });

describe('readRing', () => {
  it('passes the failure of a model on instead of an empty text', async () => {
    const failing = { readTensor: () => Promise.reject(new OcrError('the model "rec" failed', { stage: 'recognize', modelId: 'm' })) };
    await expect(readRing(failing, await drawn('武汉市中心医院'), SEAL)).rejects.toMatchObject({ name: 'OcrError', stage: 'recognize' });
  });

  it('asks no model where a ring holds no letters', async () => {
    const readTensor = jest.fn();
    expect(await readRing({ readTensor }, await drawn(''), SEAL)).toEqual({ text: '', confidence: 0, chars: [] });
    expect(readTensor).not.toHaveBeenCalled();
  });
});
