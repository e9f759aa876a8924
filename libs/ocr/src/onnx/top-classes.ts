import { constant, ELEMENT, graphNode, GRAPH_FIELD, MODEL_GRAPH, type GraphNode } from './graph';
import { firstOutputName, opsetVersion } from './onnx-model';
import { join, messageField, numberField } from './protobuf';

/** Classes kept for each step: the best one and the alternatives that validators may choose from. */
export const TOP_CLASSES = 5;

/** Names of the outputs that `withTopClasses` adds: float32 and int32, both [N, steps, TOP_CLASSES]. */
export const TOP_OUTPUTS = { values: 'top_values', classes: 'top_classes' } as const;

/**
 * The recogniser with `TopK` after its softmax, made in memory from the checked original.
 * A step has 18,710 classes: fetching all of them copies 3.0 MB for a line of 320 px and leaves the scan to JavaScript (24.1 against 25.7 ms,
 * before the scan). Protobuf merges a repeated message, so nodes are added by appending a second graph; the original bytes stay untouched.
 */
export function withTopClasses(model: Uint8Array): Uint8Array {
  const cast = graphNode('Cast', ['top_long'], [TOP_OUTPUTS.classes], { to: ELEMENT.int32 });
  const graph = join(
    ...[topNode(firstOutputName(model), opsetVersion(model)), cast].map(({ bytes }) => messageField(GRAPH_FIELD.node, bytes)),
    messageField(GRAPH_FIELD.initializer, constant('top_k', [1], BigInt64Array.of(BigInt(TOP_CLASSES)))),
    output(TOP_OUTPUTS.values, ELEMENT.float),
    output(TOP_OUTPUTS.classes, ELEMENT.int32),
  );
  return join(model, messageField(MODEL_GRAPH, graph));
}

/** `k` was an attribute until operator set 9 and is an input since 10. */
function topNode(probabilities: string, opset: number): GraphNode {
  const outputs = [TOP_OUTPUTS.values, 'top_long'];
  if (opset >= 10) return graphNode('TopK', [probabilities, 'top_k'], outputs, { axis: 2 });
  return graphNode('TopK', [probabilities], outputs, { axis: 2, k: TOP_CLASSES });
}

function output(name: string, elementType: number): Uint8Array {
  return messageField(GRAPH_FIELD.output, messageField(1, name), messageField(2, messageField(1, numberField(1, elementType))));
}
