import { Scratch } from '../onnx/scratch';
import type { PageImage } from '../page';
import type { Size } from './detector-size';

/** Mean and deviation of each channel in the order of the tensor (blue, green, red), for pixels scaled to 0..1. */
export interface Normalisation {
  mean: readonly [number, number, number];
  deviation: readonly [number, number, number];
}

/**
 * For each output row or column the first of its source pixels and as many weights as every other has, some of them 0. Weights come in threes:
 * three are all there are up to a reduction of 3, and a loop over three pixels at once stores a third as often.
 */
interface Taps {
  first: Int32Array;
  weights: Float32Array;
  count: number;
}

/**
 * The page, of three pixels or more either way, resized to `size` as a planar BGR tensor, by linear interpolation that skips no pixel, however
 * large the photograph. It lives until `scratch` is asked again.
 */
export function detectorTensor(page: PageImage, size: Size, { mean, deviation }: Normalisation, scratch = new Scratch()): Float32Array {
  const { width, height } = size;
  const columns = axisTaps(page.width, width);
  const rows = axisTaps(page.height, height);
  const plane = width * height;
  const tensor = scratch.take(3 * plane);
  const blended = new Float32Array(page.width * 3);
  const reduced = new Float32Array(width * 3);
  const [blue, green, red] = [0, 1, 2].map((channel) => {
    const perStep = 1 / (255 * (deviation[channel] as number));
    return { scale: perStep, shift: (mean[channel] as number) / (deviation[channel] as number) };
  }) as [Affine, Affine, Affine];
  for (let y = 0; y < height; y++) {
    blendRows(page, rows, y, blended);
    blendColumns(blended, columns, reduced);
    const at = y * width;
    writeChannel(reduced, 2, blue, tensor, at);
    writeChannel(reduced, 1, green, tensor, at + plane);
    writeChannel(reduced, 0, red, tensor, at + 2 * plane);
  }
  return tensor;
}

/** What a channel's values are multiplied with, and what is then taken off. */
interface Affine {
  scale: number;
  shift: number;
}

function writeChannel(row: Float32Array, channel: number, { scale, shift }: Affine, tensor: Float32Array, at: number): void {
  for (let i = channel, target = at; i < row.length; i += 3) tensor[target++] = (row[i] as number) * scale - shift;
}

function blendRows({ rgb, width }: PageImage, { first, weights, count }: Taps, y: number, out: Float32Array): void {
  const stride = width * 3;
  for (let tap = 0; tap < count; tap += 3) {
    const at = ((first[y] as number) + tap) * stride;
    const weightAt = y * count + tap;
    if (tap === 0) setRows(rgb, at, stride, weights, weightAt, out);
    else addRows(rgb, at, stride, weights, weightAt, out);
  }
}

function setRows(rgb: Uint8Array, at: number, stride: number, weights: Float32Array, weightAt: number, out: Float32Array): void {
  const [a, b, c] = [weights[weightAt] as number, weights[weightAt + 1] as number, weights[weightAt + 2] as number];
  const [second, third] = [at + stride, at + 2 * stride];
  for (let i = 0; i < stride; i++) {
    out[i] = a * (rgb[at + i] as number) + b * (rgb[second + i] as number) + c * (rgb[third + i] as number);
  }
}

function addRows(rgb: Uint8Array, at: number, stride: number, weights: Float32Array, weightAt: number, out: Float32Array): void {
  const [a, b, c] = [weights[weightAt] as number, weights[weightAt + 1] as number, weights[weightAt + 2] as number];
  const [second, third] = [at + stride, at + 2 * stride];
  for (let i = 0; i < stride; i++) {
    out[i] = (out[i] as number) + a * (rgb[at + i] as number) + b * (rgb[second + i] as number) + c * (rgb[third + i] as number);
  }
}

function blendColumns(row: Float32Array, { first, weights, count }: Taps, out: Float32Array): void {
  let weightAt = 0;
  for (let x = 0, target = 0; x < first.length; x++, target += 3) {
    let [red, green, blue] = [0, 0, 0];
    let at = (first[x] as number) * 3;
    for (let tap = 0; tap < count; tap += 3, at += 9, weightAt += 3) {
      const [a, b, c] = [weights[weightAt] as number, weights[weightAt + 1] as number, weights[weightAt + 2] as number];
      red += a * (row[at] as number) + b * (row[at + 3] as number) + c * (row[at + 6] as number);
      green += a * (row[at + 1] as number) + b * (row[at + 4] as number) + c * (row[at + 7] as number);
      blue += a * (row[at + 2] as number) + b * (row[at + 5] as number) + c * (row[at + 8] as number);
    }
    out[target] = red;
    out[target + 1] = green;
    out[target + 2] = blue;
  }
}

/**
 * Pixel centres as in cv2.resize: output x samples the source at (x + 0.5) * ratio - 0.5. Up to a reduction of 2 its two neighbours are
 * all pixels there are, as in training; beyond it the footprint widens.
 */
function axisTaps(source: number, target: number): Taps {
  const ratio = source / target;
  const reach = Math.max(1, ratio / 2);
  const count = Math.ceil((Math.floor(2 * reach) + 1) / 3) * 3;
  const first = new Int32Array(target);
  const weights = new Float32Array(target * count);
  for (let index = 0; index < target; index++) {
    const centre = (index + 0.5) * ratio - 0.5;
    // Moved inwards at the far edge, where fewer pixels than `count` are left.
    const start = Math.min(source - count, Math.max(0, Math.ceil(centre - reach)));
    let total = 0;
    for (let tap = 0; tap < count; tap++) total += weights[index * count + tap] = Math.max(0, 1 - Math.abs(start + tap - centre) / reach);
    for (let tap = 0; tap < count; tap++) weights[index * count + tap] = (weights[index * count + tap] as number) / total;
    first[index] = start;
  }
  return { first, weights, count };
}
