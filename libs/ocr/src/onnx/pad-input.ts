import type { InputShape } from './shape-buckets';

/** What stands beyond an input's edge: its own last pixels, or mid grey, which the recogniser knows as the end of a line. */
export type Padding = 'edge' | 'grey';

/** A planar three-channel image laid into the top left of a larger one. */
export function padInput(image: Float32Array, size: InputShape, bucket: InputShape, padding: Padding): Float32Array {
  if (size.height === bucket.height && size.width === bucket.width) return image;
  const padded = new Float32Array(3 * bucket.height * bucket.width);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < bucket.height; y++) {
      if (y >= size.height && padding === 'grey') break;
      const from = (channel * size.height + Math.min(y, size.height - 1)) * size.width;
      const to = (channel * bucket.height + y) * bucket.width;
      padded.set(image.subarray(from, from + size.width), to);
      if (padding === 'edge') padded.fill(image[from + size.width - 1] ?? 0, to + size.width, to + bucket.width);
    }
  }
  return padded;
}

/** A model's answer to a padded input. */
export interface Output<Data> {
  data: Data;
  dims: readonly number[];
}

/** The part of an answer that belongs to the input itself: of a map (4 dimensions) its corner, of a line (3) its first steps. */
export function cropOutput<Data extends Float32Array | Int32Array>(
  { data, dims }: Output<Data>,
  size: InputShape,
  bucket: InputShape,
): Output<Data> {
  if (size.height === bucket.height && size.width === bucket.width) return { data, dims };
  if (dims.length === 3) return cropSteps({ data, dims }, size.width / bucket.width);
  return dims.length === 4 ? cropMap({ data, dims }, size) : { data, dims };
}

function cropSteps<Data extends Float32Array | Int32Array>({ data, dims }: Output<Data>, share: number): Output<Data> {
  const [batch = 1, steps = 0, depth = 0] = dims;
  const kept = Math.ceil(steps * share);
  return { data: data.subarray(0, kept * depth) as Data, dims: [batch, kept, depth] };
}

function cropMap<Data extends Float32Array | Int32Array>({ data, dims }: Output<Data>, { height, width }: InputShape): Output<Data> {
  const stride = dims[3] ?? width;
  const cropped = data.slice(0, height * width) as Data;
  for (let y = 1; y < height; y++) cropped.set(data.subarray(y * stride, y * stride + width), y * width);
  return { data: cropped, dims: [1, 1, height, width] };
}
