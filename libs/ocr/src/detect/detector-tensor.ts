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
  const channels = [0, 1, 2].map((channel): Affine => {
    const spread = deviation[channel] as number;
    return { scale: 1 / (255 * spread), shift: (mean[channel] as number) / spread };
  }) as [Affine, Affine, Affine];
  const writeRow = columns.count === 3 ? writeRowOfThrees : writeRowOfMany;
  for (let y = 0; y < height; y++) {
    blendRows(page, rows, y, blended);
    writeRow(blended, columns, channels, tensor, y * width, plane);
  }
  return tensor;
}

/** What a channel's values are multiplied with, and what is then taken off. */
interface Affine {
  scale: number;
  shift: number;
}

/** Written out for the common case: a loop over the weights of every pixel takes three times as long. */
function writeRowOfThrees(
  row: Float32Array,
  { first, weights }: Taps,
  [blue, green, red]: readonly [Affine, Affine, Affine],
  tensor: Float32Array,
  at: number,
  plane: number,
): void {
  for (let x = 0, k = 0; x < first.length; x++, k += 3) {
    const p = (first[x] as number) * 3;
    const a = weights[k] as number;
    const b = weights[k + 1] as number;
    const c = weights[k + 2] as number;
    const r = a * (row[p] as number) + b * (row[p + 3] as number) + c * (row[p + 6] as number);
    const g = a * (row[p + 1] as number) + b * (row[p + 4] as number) + c * (row[p + 7] as number);
    const l = a * (row[p + 2] as number) + b * (row[p + 5] as number) + c * (row[p + 8] as number);
    tensor[at + x] = l * blue.scale - blue.shift;
    tensor[at + plane + x] = g * green.scale - green.shift;
    tensor[at + 2 * plane + x] = r * red.scale - red.shift;
  }
}

function writeRowOfMany(
  row: Float32Array,
  { first, weights, count }: Taps,
  channels: readonly [Affine, Affine, Affine],
  tensor: Float32Array,
  at: number,
  plane: number,
): void {
  for (const [channel, { scale, shift }] of channels.entries()) {
    for (let x = 0; x < first.length; x++) {
      const p = (first[x] as number) * 3 + 2 - channel;
      let sum = 0;
      for (let tap = 0; tap < count; tap++) sum += (weights[x * count + tap] as number) * (row[p + 3 * tap] as number);
      tensor[at + channel * plane + x] = sum * scale - shift;
    }
  }
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
