import { constant, dimsOf, floatsOf, graphNode, integersOf, readGraph, withGraph, type GraphNode, type ModelGraph } from './graph';
import { quantizeColumns, type QuantizedColumns } from './quantize-columns';

const MICROSOFT = 'com.microsoft';

/** Narrower layers are not worth it: they take little time, and the first ones see the picture itself. */
const MIN_CHANNELS = 48;

/** A layer that can be run in integers: what it multiplies with, as one matrix, and what it adds. */
interface Layer {
  isConvolution: boolean;
  input: string;
  output: string;
  weights: QuantizedColumns;
  bias: Float32Array | undefined;
  /** The operations it stands for. */
  replaces: readonly GraphNode[];
}

/**
 * The model with its 1×1 convolutions and its last product multiplied as 8-bit integers: three quarters of a recogniser's time, which takes a
 * third of its time then on processors with VNNI. Weights have a scale for every output; each input gets its scale when it is there (zero
 * point included), so nothing is calibrated and a result depends on its own line alone. Made in memory from the checked original; a model whose
 * weights are kept otherwise is returned as it is. It is for recognisers: a page is a larger range of values than a line, and a detector that
 * multiplies so joined what stands side by side on photographs, for a fifth of its time.
 *
 * The runtime's integer product wants channels last; the transpositions around it cancel out between neighbours when the graph is optimised.
 */
export function withDynamicQuantization(model: Uint8Array): Uint8Array {
  const graph = readGraph(model);
  const layers = new Map<GraphNode, Layer>();
  const users = usersOf(graph);
  const pooled = pooledValues(graph);
  for (const node of graph.nodes) {
    const layer = pooled.has(node.inputs[0] ?? '') ? undefined : layerOf(node, graph, users);
    if (layer) layers.set(node, layer);
  }
  return layers.size === 0 ? model : withGraph(model, rewrite(graph, [...layers.values()]), { name: MICROSOFT, version: 1 });
}

function rewrite({ nodes, constants }: ModelGraph, layers: readonly Layer[]): ModelGraph {
  const kept = new Map(constants);
  const standIns = new Map<GraphNode, GraphNode[]>();
  layers.forEach((layer, index) => {
    const { nodes: made, constants: needed } = integerLayer(layer, `int8.${index}`);
    for (const [name, tensor] of needed) kept.set(name, tensor);
    layer.replaces.forEach((node, place) => standIns.set(node, place === layer.replaces.length - 1 ? made : []));
  });
  const rewritten = nodes.flatMap((node) => standIns.get(node) ?? [node]);
  const used = new Set(rewritten.flatMap(({ inputs }) => inputs));
  return { nodes: rewritten, constants: new Map([...kept].filter(([name]) => used.has(name))) };
}

function integerLayer({ isConvolution, input, output, weights, bias }: Layer, name: string): ModelGraph {
  const constants = new Map([
    [`${name}.weights`, constant(`${name}.weights`, [weights.rows, weights.columns], weights.values)],
    [`${name}.scales`, constant(`${name}.scales`, [weights.columns], weights.scales)],
  ]);
  const inputs = [isConvolution ? `${name}.last` : input, ...constants.keys()];
  if (bias) {
    constants.set(`${name}.bias`, constant(`${name}.bias`, [bias.length], bias));
    inputs.push('', `${name}.bias`);
  }
  const product = graphNode('DynamicQuantizeMatMul', inputs, [isConvolution ? `${name}.product` : output], { domain: MICROSOFT });
  if (!isConvolution) return { nodes: [product], constants };
  const before = graphNode('Transpose', [input], [`${name}.last`], { perm: [0, 2, 3, 1] });
  const after = graphNode('Transpose', [`${name}.product`], [output], { perm: [0, 3, 1, 2] });
  return { nodes: [before, product, after], constants };
}

function layerOf(node: GraphNode, graph: ModelGraph, users: ReadonlyMap<string, GraphNode[]>): Layer | undefined {
  const weights = weightsOf(node, graph);
  const [input] = node.inputs;
  const [output] = node.outputs;
  if (!weights || input === undefined || output === undefined || Math.min(weights.rows, weights.columns) < MIN_CHANNELS) return undefined;
  const layer = { isConvolution: node.operator === 'Conv', input, weights };
  const [user, ...others] = users.get(output) ?? [];
  const added = user?.operator === 'Add' && others.length === 0 ? graph.constants.get(user.inputs[1] ?? '') : undefined;
  const bias = added && floatsOf(added);
  if (user && bias?.length === weights.columns) {
    return { ...layer, output: user.outputs[0] ?? output, bias, replaces: [node, user] };
  }
  return { ...layer, output, bias: undefined, replaces: [node] };
}

/** The weights of a 1×1 convolution or of a product with a constant matrix, in columns by output. */
function weightsOf(node: GraphNode, { constants }: ModelGraph): QuantizedColumns | undefined {
  const tensor = constants.get(node.inputs[1] ?? '');
  const values = tensor && floatsOf(tensor);
  if (!values || node.inputs.length !== 2) return undefined;
  const [first = 0, second = 0, ...kernel] = dimsOf(tensor);
  if (node.operator === 'MatMul' && kernel.length === 0 && isHead(first, second)) {
    return quantizeColumns(first, second, (row, column) => values[row * second + column] ?? 0);
  }
  if (node.operator !== 'Conv' || !isPointwise(node, kernel)) return undefined;
  return quantizeColumns(second, first, (row, column) => values[column * second + row] ?? 0);
}

/** Of the products outside of convolutions only the one that ends in the characters is large. */
function isHead(rows: number, columns: number): boolean {
  return columns > 8 * rows;
}

function isPointwise(node: GraphNode, kernel: readonly number[]): boolean {
  const isOne = (value: number) => value === 1;
  return kernel.length === 2 && [...kernel, ...integersOf(node, 'strides'), ...integersOf(node, 'group')].every(isOne);
}

function usersOf({ nodes }: ModelGraph): Map<string, GraphNode[]> {
  const users = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    for (const input of node.inputs) users.set(input, [...(users.get(input) ?? []), node]);
  }
  return users;
}

/** Values that come from averages over the whole picture alone: single pixels, whose products take no time. */
function pooledValues({ nodes, constants }: ModelGraph): Set<string> {
  const pooled = new Set<string>();
  for (const node of nodes) {
    const inputs = node.inputs.filter((name) => !constants.has(name));
    const isPool = node.operator === 'GlobalAveragePool' || node.operator === 'ReduceMean';
    if (isPool || (inputs.length > 0 && inputs.every((name) => pooled.has(name)))) node.outputs.forEach((name) => pooled.add(name));
  }
  return pooled;
}
