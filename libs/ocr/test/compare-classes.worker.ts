import { InferenceSession, Tensor } from 'onnxruntime-node';
import { parentPort, workerData } from 'node:worker_threads';
import { TOP_OUTPUTS, withTopClasses } from '../src/onnx/top-classes';

/** Runs a recogniser as published and with its best classes taken in the graph, and answers with both for every step. */
async function compare(
  model: Uint8Array,
  width: number,
): Promise<{ ranked: number[][]; top: number[][]; rankedValues: number[][]; topValues: number[][] }> {
  const image = Float32Array.from({ length: 3 * 48 * width }, (_, index) => Math.sin(index * 0.37) * Math.cos(index * 0.011));
  const input = new Tensor('float32', image, [1, 3, 48, width]);
  const published = await InferenceSession.create(model);
  const feeds = { [published.inputNames[0] ?? '']: input };
  const full = (await published.run(feeds))[published.outputNames[0] ?? ''] as Tensor;
  const extended = await InferenceSession.create(withTopClasses(model));
  const best = await extended.run(feeds, Object.values(TOP_OUTPUTS));
  const classes = best[TOP_OUTPUTS.classes]?.data as Int32Array;
  const values = best[TOP_OUTPUTS.values]?.data as Float32Array;
  const [, steps = 0, size = 0] = full.dims;
  const depth = classes.length / steps;
  const ranked = Array.from({ length: steps }, (_, step) =>
    rank((full.data as Float32Array).subarray(step * size, (step + 1) * size), depth),
  );
  const rows = <T>(row: (step: number) => T) => Array.from({ length: steps }, (_, step) => row(step));
  return {
    ranked: ranked.map((row) => row.map(([classId]) => classId)),
    rankedValues: ranked.map((row) => row.map(([, value]) => value)),
    top: rows((step) => Array.from(classes.subarray(step * depth, (step + 1) * depth))),
    topValues: rows((step) => Array.from(values.subarray(step * depth, (step + 1) * depth))),
  };
}

function rank(probabilities: Float32Array, depth: number): [classId: number, value: number][] {
  return Array.from(probabilities, (value, classId): [number, number] => [classId, value])
    .sort((a, b) => b[1] - a[1])
    .slice(0, depth);
}

const { model, width } = workerData as { model: Uint8Array; width: number };
void compare(model, width).then((result) => parentPort?.postMessage(result));
