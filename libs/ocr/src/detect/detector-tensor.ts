import type { PageImage } from '../page';
import type { Size } from './detector-size';

/** Mean and deviation of each channel in the order of the tensor (blue, green, red), for pixels scaled to 0..1. */
export interface Normalisation {
  mean: readonly [number, number, number];
  deviation: readonly [number, number, number];
}

/** Source pixels and weights of one output row or column; `first` is the first source index. */
interface Taps {
  first: number;
  weights: Float32Array;
}

/**
 * The page resized to `size` as a planar BGR tensor, by linear interpolation that skips no pixel, however large the photograph.
 */
export function detectorTensor(page: PageImage, size: Size, { mean, deviation }: Normalisation): Float32Array {
  const { width, height } = size;
  const columns = axisTaps(page.width, width);
  const rows = axisTaps(page.height, height);
  const plane = width * height;
  const tensor = new Float32Array(3 * plane);
  const scale = deviation.map((value) => 1 / (255 * value));
  const shift = mean.map((value, channel) => value / (deviation[channel] ?? 1));
  const blended = new Float32Array(page.width * 3);
  rows.forEach((taps, y) => {
    blendRows(page, taps, blended);
    for (let channel = 0; channel < 3; channel++) {
      const target = tensor.subarray(channel * plane + y * width, channel * plane + (y + 1) * width);
      blendColumns(blended, 2 - channel, columns, target, scale[channel] ?? 0, shift[channel] ?? 0);
    }
  });
  return tensor;
}

function blendRows({ rgb, width }: PageImage, { first, weights }: Taps, out: Float32Array): void {
  const stride = width * 3;
  for (let tap = 0; tap < weights.length; tap++) {
    const weight = weights[tap] ?? 0;
    const row = rgb.subarray((first + tap) * stride, (first + tap + 1) * stride);
    if (tap === 0) for (let i = 0; i < stride; i++) out[i] = (row[i] as number) * weight;
    else for (let i = 0; i < stride; i++) out[i] = (out[i] as number) + (row[i] as number) * weight;
  }
}

function blendColumns(row: Float32Array, channel: number, columns: Taps[], out: Float32Array, scale: number, shift: number): void {
  for (let x = 0; x < columns.length; x++) {
    const { first, weights } = columns[x] as Taps;
    let sum = 0;
    let at = first * 3 + channel;
    for (let tap = 0; tap < weights.length; tap++, at += 3) sum += (row[at] as number) * (weights[tap] as number);
    out[x] = sum * scale - shift;
  }
}

/**
 * Pixel centres as in cv2.resize: output x samples the source at (x + 0.5) * ratio - 0.5. Up to a reduction of 2 its two neighbours are
 * all pixels there are, as in training; beyond it the footprint widens.
 */
function axisTaps(source: number, target: number): Taps[] {
  const ratio = source / target;
  const reach = Math.max(1, ratio / 2);
  return Array.from({ length: target }, (_, index) => {
    const centre = (index + 0.5) * ratio - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(source - 1, Math.floor(centre + reach));
    const weights = Float32Array.from({ length: last - first + 1 }, (_tap, tap) => Math.max(0, 1 - Math.abs(first + tap - centre) / reach));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => weight / total) };
  });
}
