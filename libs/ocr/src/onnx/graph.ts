import { join, messageField, messagesOf, numberField, numberOf, readFields, readVarints, type ProtoField } from './protobuf';

// Field numbers of onnx.proto3: ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto, OperatorSetIdProto.
const OPSET_IMPORT = 8;
const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { name: 1, integer: 3, integers: 8, type: 20 } as const;
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 } as const;
const ATTRIBUTE_TYPE = { integer: 2, integers: 7 } as const;

/** Field of a model that holds its graph, and fields of that. */
export const MODEL_GRAPH = 7;
export const GRAPH_FIELD = { node: 1, initializer: 5, output: 12 } as const;

/** Element types of a tensor, as TensorProto.DataType numbers them. */
export const ELEMENT = { float: 1, int8: 3, int32: 6, int64: 7 } as const;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** One operation of a graph; `bytes` is the whole of it, as it stands in the model. */
export interface GraphNode {
  operator: string;
  inputs: string[];
  outputs: string[];
  bytes: Uint8Array;
}

/** What of a model can be rewritten: its operations, in order, and its constants by name. */
export interface ModelGraph {
  nodes: GraphNode[];
  constants: Map<string, Uint8Array>;
}

/** Reads operations and constants; nothing is copied. */
export function readGraph(model: Uint8Array): ModelGraph {
  const graphs = messagesOf(model, MODEL_GRAPH);
  const constants = graphs.flatMap((graph) => messagesOf(graph, GRAPH_FIELD.initializer));
  return {
    nodes: graphs.flatMap((graph) => messagesOf(graph, GRAPH_FIELD.node)).map(readNode),
    constants: new Map(constants.map((tensor) => [textOf(tensor, TENSOR.name), tensor])),
  };
}

/** The model with other operations and constants in place of its own; all else of it stays as it is. */
export function withGraph(model: Uint8Array, { nodes, constants }: ModelGraph, domain?: { name: string; version: number }): Uint8Array {
  const parts: Uint8Array[] = [];
  const graphs: Uint8Array[] = [];
  for (const field of readFields(model)) {
    if (field.number === MODEL_GRAPH && 'bytes' in field) graphs.push(field.bytes);
    else parts.push(encode(field));
  }
  const rest = graphs
    .flatMap((graph) => [...readFields(graph)])
    .filter(({ number }) => number !== GRAPH_FIELD.node && number !== GRAPH_FIELD.initializer)
    .map(encode);
  const graph = messageField(
    MODEL_GRAPH,
    ...nodes.map(({ bytes }) => messageField(GRAPH_FIELD.node, bytes)),
    ...[...constants.values()].map((tensor) => messageField(GRAPH_FIELD.initializer, tensor)),
    ...rest,
  );
  const imported = domain ? [messageField(OPSET_IMPORT, messageField(1, domain.name), numberField(2, domain.version))] : [];
  return join(...parts, graph, ...imported);
}

/** Models and graphs have no fields of fixed width, so what is no number has a length. */
function encode(field: ProtoField): Uint8Array {
  return 'bytes' in field ? messageField(field.number, field.bytes) : numberField(field.number, field.value);
}

function readNode(bytes: Uint8Array): GraphNode {
  return {
    operator: textOf(bytes, NODE.operator),
    inputs: messagesOf(bytes, NODE.input).map((name) => utf8.decode(name)),
    outputs: messagesOf(bytes, NODE.output).map((name) => utf8.decode(name)),
    bytes,
  };
}

/** Integers of a node's attribute: one, a list, or none where it is left out. */
export function integersOf({ bytes }: GraphNode, attribute: string): number[] {
  const found = messagesOf(bytes, NODE.attribute).find((message) => textOf(message, ATTRIBUTE.name) === attribute);
  if (!found) return [];
  const single = numberOf(found, ATTRIBUTE.integer);
  return single === undefined ? readVarints(found, ATTRIBUTE.integers) : [single];
}

/** A new operation; attributes are integers or lists of them. */
export function graphNode(
  operator: string,
  inputs: string[],
  outputs: string[],
  { domain, ...attributes }: { domain?: string } & Record<string, number | readonly number[] | string | undefined> = {},
): GraphNode {
  const bytes = join(
    ...inputs.map((name) => messageField(NODE.input, name)),
    ...outputs.map((name) => messageField(NODE.output, name)),
    messageField(NODE.operator, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      messageField(NODE.attribute, attribute(name, value as number | readonly number[])),
    ),
    ...(domain ? [messageField(NODE.domain, domain)] : []),
  );
  return { operator, inputs, outputs, bytes };
}

function attribute(name: string, value: number | readonly number[]): Uint8Array {
  if (typeof value === 'number') {
    return join(
      messageField(ATTRIBUTE.name, name),
      numberField(ATTRIBUTE.integer, value),
      numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE.integer),
    );
  }
  const list = value.map((item) => numberField(ATTRIBUTE.integers, item));
  return join(messageField(ATTRIBUTE.name, name), ...list, numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE.integers));
}

/** Sides of a constant. */
export function dimsOf(tensor: Uint8Array): number[] {
  return readVarints(tensor, TENSOR.dims);
}

/** Values of a float32 constant, copied; undefined where they are kept in another form. */
export function floatsOf(tensor: Uint8Array): Float32Array | undefined {
  const raw = messagesOf(tensor, TENSOR.raw)[0];
  return raw && numberOf(tensor, TENSOR.type) === ELEMENT.float ? new Float32Array(Uint8Array.from(raw).buffer) : undefined;
}

/** A new constant. */
export function constant(name: string, dims: readonly number[], values: Float32Array | Int8Array | BigInt64Array): Uint8Array {
  const type = values instanceof Float32Array ? ELEMENT.float : values instanceof Int8Array ? ELEMENT.int8 : ELEMENT.int64;
  return join(
    ...dims.map((side) => numberField(TENSOR.dims, side)),
    numberField(TENSOR.type, type),
    messageField(TENSOR.name, name),
    messageField(TENSOR.raw, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  );
}

function textOf(message: Uint8Array, field: number): string {
  const bytes = messagesOf(message, field)[0];
  return bytes ? utf8.decode(bytes) : '';
}
