import { cropOutput, padInput } from './pad-input';

const size = { height: 2, width: 3 };
const bucket = { height: 3, width: 5 };
const image = Float32Array.from({ length: 18 }, (_, index) => index + 1);
const planes = (data: Float32Array) => [0, 1, 2].map((channel) => [...data.subarray(channel * 15, channel * 15 + 15)]);

describe('padInput', () => {
  it('repeats the edge', () => {
    const [first, , last] = planes(padInput(image, size, bucket, 'edge'));
    expect(first).toEqual([1, 2, 3, 3, 3, 4, 5, 6, 6, 6, 4, 5, 6, 6, 6]);
    expect(last).toEqual([13, 14, 15, 15, 15, 16, 17, 18, 18, 18, 16, 17, 18, 18, 18]);
  });

  it('or fills with mid grey', () => {
    const [, middle] = planes(padInput(image, size, bucket, 'grey'));
    expect(middle).toEqual([7, 8, 9, 0, 0, 10, 11, 12, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('leaves an input that fills its bucket', () => {
    expect(padInput(image, size, size, 'edge')).toBe(image);
  });
});

describe('cropOutput', () => {
  it('undoes the padding of a map', () => {
    const data = padInput(image, size, bucket, 'edge').subarray(0, 15);
    const { data: cropped, dims } = cropOutput({ data, dims: [1, 1, 3, 5] }, size, bucket);
    expect([...cropped]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(dims).toEqual([1, 1, 2, 3]);
  });

  it('keeps the steps of the text', () => {
    const data = Int32Array.from({ length: 20 }, (_, index) => index);
    const wide = { height: 48, width: 80 };
    const { data: cropped, dims } = cropOutput({ data, dims: [1, 10, 2] }, { height: 48, width: 56 }, wide);
    expect([...cropped]).toEqual([...data.subarray(0, 14)]);
    expect(dims).toEqual([1, 7, 2]);
  });

  it('leaves what has no place in the input', () => {
    const data = Float32Array.of(0.2, 0.8);
    expect(cropOutput({ data, dims: [1, 2] }, size, bucket)).toEqual({ data, dims: [1, 2] });
  });
});
