import { firstOutputName, opsetVersion, readMetadata } from './onnx-model';
import { join, messageField, messagesOf, numberField } from './protobuf';
import { TOP_OUTPUTS, withTopClasses } from './top-classes';

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8');

function model(opset: number): Uint8Array {
  const graph = join(messageField(1, messageField(4, 'Softmax')), messageField(12, messageField(1, 'probabilities')));
  const character = messageField(14, messageField(1, 'character'), messageField(2, '甲\n\u3000'));
  const mlDomain = messageField(8, messageField(1, 'ai.onnx.ml'), numberField(2, 3));
  return join(numberField(1, 7), messageField(7, graph), mlDomain, messageField(8, messageField(1, ''), numberField(2, opset)), character);
}

/** The nodes of all graph messages, as protobuf merges them. */
function nodesOf(bytes: Uint8Array) {
  return messagesOf(bytes, 7)
    .flatMap((graph) => messagesOf(graph, 1))
    .map((node) => ({
      operator: text(messagesOf(node, 4)[0]),
      inputs: messagesOf(node, 1).map(text),
      outputs: messagesOf(node, 2).map(text),
      attributes: messagesOf(node, 5).map((attribute) => text(messagesOf(attribute, 1)[0])),
    }));
}

describe('onnx model', () => {
  it('reads metadata, output name and default operator set', () => {
    expect(readMetadata(model(11)).get('character')).toBe('甲\n\u3000');
    expect(firstOutputName(model(11))).toBe('probabilities');
    expect(opsetVersion(model(11))).toBe(11);
  });

  it('names what a broken model lacks', () => {
    expect(() => firstOutputName(numberField(1, 7))).toThrow('no output');
    expect(() => opsetVersion(numberField(1, 7))).toThrow('no default operator set');
  });
});

describe('withTopClasses', () => {
  it('leaves the original bytes as they are and adds to the end', () => {
    const original = model(11);
    expect(withTopClasses(original).subarray(0, original.length)).toEqual(original);
  });

  it('takes the best classes of the model output, as 32-bit numbers', () => {
    const [, top, cast] = nodesOf(withTopClasses(model(11)));
    expect(top).toMatchObject({ operator: 'TopK', inputs: ['probabilities', 'top_k'], attributes: ['axis'] });
    expect(cast).toMatchObject({ operator: 'Cast', inputs: [top!.outputs[1]], outputs: [TOP_OUTPUTS.classes] });
    expect(top!.outputs[0]).toBe(TOP_OUTPUTS.values);
  });

  it('writes the number of classes as an attribute for operator sets before 10', () => {
    const [, top] = nodesOf(withTopClasses(model(9)));
    expect(top).toMatchObject({ inputs: ['probabilities'], attributes: ['axis', 'k'] });
  });
});
