import { Scratch } from '../onnx/scratch';
import type { PageImage } from '../page';
import type { Size } from './detector-size';

/** Mean and deviation of each channel in the order of the tensor (blue, green, red), for pixels scaled to 0..1. */
export interface Normalisation {
  mean: readonly [number, number, number];
  deviation: readonly [number, number, number];
}

/** For each output row or column the first of its source pixels and as many weights as every other has, some of them 0. */
interface Taps {
  first: Int32Array;
  weights: Float32Array;
  count: number;
}

/**
 * The page resized to `size` as a planar BGR tensor, by linear interpolation that skips no pixel, however large the photograph.
 * It lives until `scratch` is asked again.
 */
export function detectorTensor(page: PageImage, size: Size, { mean, deviation }: Normalisation, scratch = new Scratch()): Float32Array {
  const { width, height } = size;
  const columns = axisTaps(page.width, width);
  const rows = axisTaps(page.height, height);
  const plane = width * height;
  const tensor = scratch.take(3 * plane);
  const blended = new Float32Array(page.width * 3);
  const reduced = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    blendRows(page, rows, y, blended);
    blendColumns(blended, columns, reduced);
    for (let channel = 0; channel < 3; channel++) {
      const scale = 1 / (255 * (deviation[channel] as number));
      const shift = (mean[channel] as number) / (deviation[channel] as number);
      let target = channel * plane + y * width;
      for (let i = 2 - channel; i < reduced.length; i += 3) tensor[target++] = (reduced[i] as number) * scale - shift;
    }
  }
  return tensor;
}

/** Three source rows at a time, which is all of them up to a reduction of 3: one store for three loads. A missing row weighs 0. */
function blendRows({ rgb, width }: PageImage, { first, weights, count }: Taps, y: number, out: Float32Array): void {
  const stride = width * 3;
  for (let tap = 0; tap < count; tap += 3) {
    const row = (ahead: number) => {
      const start = ((first[y] as number) + Math.min(count - 1, tap + ahead)) * stride;
      return rgb.subarray(start, start + stride);
    };
    const weight = (ahead: number) => (tap + ahead < count ? (weights[y * count + tap + ahead] as number) : 0);
    if (tap === 0) out.fill(0);
    addRows(out, [row(0), row(1), row(2)], [weight(0), weight(1), weight(2)]);
  }
}

type Three<T> = readonly [T, T, T];

function addRows(out: Float32Array, [a, b, c]: Three<Uint8Array>, [ofA, ofB, ofC]: Three<number>): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = (out[i] as number) + (a[i] as number) * ofA + (b[i] as number) * ofB + (c[i] as number) * ofC;
  }
}

function blendColumns(row: Float32Array, { first, weights, count }: Taps, out: Float32Array): void {
  let weightAt = 0;
  for (let x = 0; x < first.length; x++) {
    let [red, green, blue] = [0, 0, 0];
    let at = (first[x] as number) * 3;
    for (let tap = 0; tap < count; tap++, at += 3) {
      const weight = weights[weightAt++] as number;
      red += (row[at] as number) * weight;
      green += (row[at + 1] as number) * weight;
      blue += (row[at + 2] as number) * weight;
    }
    out[x * 3] = red;
    out[x * 3 + 1] = green;
    out[x * 3 + 2] = blue;
  }
}

/**
 * Pixel centres as in cv2.resize: output x samples the source at (x + 0.5) * ratio - 0.5. Up to a reduction of 2 its two neighbours are
 * all pixels there are, as in training; beyond it the footprint widens.
 */
function axisTaps(source: number, target: number): Taps {
  const ratio = source / target;
  const reach = Math.max(1, ratio / 2);
  const count = Math.min(source, Math.floor(2 * reach) + 1);
  const first = new Int32Array(target);
  const weights = new Float32Array(target * count);
  for (let index = 0; index < target; index++) {
    const centre = (index + 0.5) * ratio - 0.5;
    // Moved inwards at the far edge, where fewer pixels than `count` are left.
    const start = Math.min(source - count, Math.max(0, Math.ceil(centre - reach)));
    const shares = Array.from({ length: count }, (_, tap) => Math.max(0, 1 - Math.abs(start + tap - centre) / reach));
    const total = shares.reduce((sum, share) => sum + share, 0);
    first[index] = start;
    shares.forEach((share, tap) => (weights[index * count + tap] = share / total));
  }
  return { first, weights, count };
}
