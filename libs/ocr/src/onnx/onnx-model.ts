import { messagesOf, numberOf } from './protobuf';

// Field numbers of onnx.proto3: ModelProto, GraphProto, StringStringEntryProto, OperatorSetIdProto.
const MODEL = { graph: 7, opsetImport: 8, metadata: 14 } as const;
const GRAPH = { output: 12 } as const;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The model's `metadata_props`, which onnxruntime-node does not offer. */
export function readMetadata(model: Uint8Array): Map<string, string> {
  const entries = messagesOf(model, MODEL.metadata).map((entry): [string, string] => [text(entry, 1), text(entry, 2)]);
  return new Map(entries);
}

/** Name of the graph's first output: it differs from export to export. */
export function firstOutputName(model: Uint8Array): string {
  const output = messagesOf(model, MODEL.graph).flatMap((graph) => messagesOf(graph, GRAPH.output))[0];
  if (!output) throw new RangeError('the model has no output');
  return text(output, 1);
}

/** Version of the default operator set, which decides how an operator's arguments are written. */
export function opsetVersion(model: Uint8Array): number {
  for (const entry of messagesOf(model, MODEL.opsetImport)) {
    if (text(entry, 1) === '') return numberOf(entry, 2) ?? 1;
  }
  throw new RangeError('the model names no default operator set');
}

function text(message: Uint8Array, field: number): string {
  const bytes = messagesOf(message, field)[0];
  return bytes ? utf8.decode(bytes) : '';
}
