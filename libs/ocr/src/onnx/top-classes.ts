import { firstOutputName, opsetVersion } from './onnx-model';
import { join, messageField, numberField, varint } from './protobuf';

/** Classes kept for each step: the best one and the alternatives that validators may choose from. */
export const TOP_CLASSES = 5;

/** Names of the outputs that `withTopClasses` adds: float32 and int32, both [N, steps, TOP_CLASSES]. */
export const TOP_OUTPUTS = { values: 'top_values', classes: 'top_classes' } as const;

// onnx.proto3: GraphProto.node / initializer / output, TensorProto.DataType, AttributeProto.AttributeType.INT.
const GRAPH = { node: 1, initializer: 5, output: 12 } as const;
const MODEL_GRAPH = 7;
const FLOAT = 1;
const INT32 = 6;
const INT64 = 7;
const ATTRIBUTE_INT = 2;

/**
 * The recogniser with `TopK` after its softmax, made in memory from the checked original.
 * A step has 18,710 classes: fetching all of them copies 3.0 MB for a line of 320 px and leaves the scan to JavaScript (24.1 against 25.7 ms,
 * before the scan). Protobuf merges a repeated message, so nodes are added by appending a second graph; the original bytes stay untouched.
 */
export function withTopClasses(model: Uint8Array): Uint8Array {
  const probabilities = firstOutputName(model);
  const graph = join(
    topNode(probabilities, opsetVersion(model)),
    node('Cast', ['top_long'], [TOP_OUTPUTS.classes], attribute('to', INT32)),
    messageField(
      GRAPH.initializer,
      numberField(1, 1),
      numberField(2, INT64),
      messageField(7, varint(TOP_CLASSES)),
      messageField(8, 'top_k'),
    ),
    output(TOP_OUTPUTS.values, FLOAT),
    output(TOP_OUTPUTS.classes, INT32),
  );
  return join(model, messageField(MODEL_GRAPH, graph));
}

/** `k` was an attribute until operator set 9 and is an input since 10. */
function topNode(probabilities: string, opset: number): Uint8Array {
  const outputs = [TOP_OUTPUTS.values, 'top_long'];
  if (opset >= 10) return node('TopK', [probabilities, 'top_k'], outputs, attribute('axis', 2));
  return node('TopK', [probabilities], outputs, attribute('axis', 2), attribute('k', TOP_CLASSES));
}

function node(operator: string, inputs: string[], outputs: string[], ...attributes: Uint8Array[]): Uint8Array {
  return messageField(
    GRAPH.node,
    ...inputs.map((name) => messageField(1, name)),
    ...outputs.map((name) => messageField(2, name)),
    messageField(4, operator),
    ...attributes,
  );
}

function attribute(name: string, value: number): Uint8Array {
  return messageField(5, messageField(1, name), numberField(3, value), numberField(20, ATTRIBUTE_INT));
}

function output(name: string, elementType: number): Uint8Array {
  return messageField(GRAPH.output, messageField(1, name), messageField(2, messageField(1, numberField(1, elementType))));
}
