import { constant, dimsOf, floatsOf, graphNode, integersOf, readGraph, withGraph } from './graph';
import { firstOutputName, opsetVersion, readMetadata } from './onnx-model';
import { join, messageField, messagesOf, numberField, varint } from './protobuf';

const weights = constant('weights', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));

function model(): Uint8Array {
  const conv = graphNode('Conv', ['x', 'weights'], ['y'], { strides: [1, 2], group: 1 });
  const relu = graphNode('Relu', ['y'], ['z']);
  const graph = messageField(
    7,
    messageField(1, conv.bytes),
    messageField(1, relu.bytes),
    messageField(5, weights),
    messageField(12, messageField(1, 'z')),
  );
  const metadata = messageField(14, messageField(1, 'character'), messageField(2, '甲'));
  return join(numberField(1, 10), graph, messageField(8, messageField(1, ''), numberField(2, 11)), metadata);
}

describe('readGraph', () => {
  it('names operations, their values and their attributes', () => {
    const [conv, relu] = readGraph(model()).nodes;
    expect(conv).toMatchObject({ operator: 'Conv', inputs: ['x', 'weights'], outputs: ['y'] });
    expect([integersOf(conv!, 'strides'), integersOf(conv!, 'group'), integersOf(conv!, 'pads')]).toEqual([[1, 2], [1], []]);
    expect(relu).toMatchObject({ operator: 'Relu', inputs: ['y'], outputs: ['z'] });
  });

  it('reads constants, their sides packed or not', () => {
    const tensor = readGraph(model()).constants.get('weights')!;
    expect([dimsOf(tensor), [...floatsOf(tensor)!]]).toEqual([
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ]);
    expect(dimsOf(messageField(1, varint(300), varint(7)))).toEqual([300, 7]);
  });

  it('does not take other constants for floats', () => {
    expect(floatsOf(constant('k', [1], BigInt64Array.of(5n)))).toBeUndefined();
    expect(floatsOf(numberField(2, 1))).toBeUndefined();
  });
});

describe('withGraph', () => {
  it('exchanges operations and constants and keeps all else', () => {
    const swapped = withGraph(
      model(),
      { nodes: [graphNode('Tanh', ['x'], ['z'])], constants: new Map([['weights', weights]]) },
      { name: 'com.example', version: 3 },
    );
    expect(readGraph(swapped).nodes.map(({ operator }) => operator)).toEqual(['Tanh']);
    expect([firstOutputName(swapped), opsetVersion(swapped), readMetadata(swapped).get('character')]).toEqual(['z', 11, '甲']);
    const domains = messagesOf(swapped, 8).map((entry) => Buffer.from(messagesOf(entry, 1)[0]!).toString());
    expect(domains).toEqual(['', 'com.example']);
  });
});
