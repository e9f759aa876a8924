import { withDynamicQuantization } from './dynamic-quantization';
import { constant, dimsOf, graphNode, readGraph, withGraph, type GraphNode } from './graph';
import { join, messageField, numberField } from './protobuf';

const EMPTY = join(numberField(1, 10), messageField(7, messageField(12, messageField(1, 'out'))), messageField(8, numberField(2, 11)));

const ones = (name: string, ...dims: number[]) => constant(name, dims, new Float32Array(dims.reduce((a, b) => a * b)).fill(0.5));

function model(nodes: GraphNode[], constants: Record<string, Uint8Array>): Uint8Array {
  return withGraph(EMPTY, { nodes, constants: new Map(Object.entries(constants)) });
}

const operatorsOf = (bytes: Uint8Array) => readGraph(bytes).nodes.map(({ operator }) => operator);

const pointwise = graphNode('Conv', ['x', 'w'], ['y'], { strides: [1, 1], group: 1 });

describe('withDynamicQuantization', () => {
  it('multiplies a 1×1 convolution in integers, channels last, its addition included', () => {
    const rewritten = withDynamicQuantization(
      model([pointwise, graphNode('Add', ['y', 'b'], ['out'])], { w: ones('w', 96, 48, 1, 1), b: ones('b', 1, 96, 1, 1) }),
    );
    const { nodes, constants } = readGraph(rewritten);
    expect(nodes.map(({ operator }) => operator)).toEqual(['Transpose', 'DynamicQuantizeMatMul', 'Transpose']);
    expect([nodes[0]!.inputs, nodes[2]!.outputs]).toEqual([['x'], ['out']]);
    const [, weights, scales, zeroPoint, bias] = nodes[1]!.inputs as [string, string, string, string, string];
    expect([weights, scales, bias].map((name) => dimsOf(constants.get(name)!))).toEqual([[48, 96], [96], [96]]);
    expect([zeroPoint, constants.has('w'), constants.has('b')]).toEqual(['', false, false]);
  });

  it('leaves an addition that is used elsewhere, or is none of constants', () => {
    const users = [graphNode('Add', ['y', 'b'], ['out']), graphNode('Relu', ['y'], ['z'])];
    const constants = { w: ones('w', 48, 48, 1, 1), b: ones('b', 1, 48, 1, 1) };
    expect(operatorsOf(withDynamicQuantization(model([pointwise, ...users], constants)))).toContain('Add');
    const sum = graphNode('Add', ['y', 'x'], ['out']);
    expect(operatorsOf(withDynamicQuantization(model([pointwise, sum], constants)))).toContain('Add');
  });

  it('multiplies the product that ends in the characters in integers, and no other', () => {
    const head = graphNode('MatMul', ['x', 'w'], ['out']);
    expect(operatorsOf(withDynamicQuantization(model([head], { w: ones('w', 120, 6000) })))).toEqual(['DynamicQuantizeMatMul']);
    const inner = model([head], { w: ones('w', 120, 120) });
    expect(withDynamicQuantization(inner)).toBe(inner);
  });

  it.each<[string, GraphNode, Uint8Array]>([
    ['a wider kernel', graphNode('Conv', ['x', 'w'], ['out'], { strides: [1, 1], group: 1 }), ones('w', 96, 96, 3, 3)],
    ['a stride', graphNode('Conv', ['x', 'w'], ['out'], { strides: [2, 2], group: 1 }), ones('w', 96, 96, 1, 1)],
    ['groups', graphNode('Conv', ['x', 'w'], ['out'], { strides: [1, 1], group: 96 }), ones('w', 96, 48, 1, 1)],
    ['few channels', graphNode('Conv', ['x', 'w'], ['out'], { strides: [1, 1], group: 1 }), ones('w', 96, 24, 1, 1)],
  ])('leaves a convolution with %s as it is', (_what, node, weights) => {
    const published = model([node], { w: weights });
    expect(withDynamicQuantization(published)).toBe(published);
  });

  it('leaves what works on averages of the whole picture', () => {
    const published = model([graphNode('GlobalAveragePool', ['p'], ['x']), pointwise], { w: ones('w', 96, 96, 1, 1) });
    expect(withDynamicQuantization(published)).toBe(published);
  });
});
