import { messageField } from '../onnx/protobuf';
import { classTable, parseDictionary, readClassTable } from './dictionary';

const model = (characters: string) => messageField(14, messageField(1, 'character'), messageField(2, characters));

describe('dictionary', () => {
  it('puts blank first and the space last', () => {
    expect(classTable(['甲', '乙'])).toEqual(['', '甲', '乙', ' ']);
  });

  it('keeps the ideographic space as a class of its own', () => {
    const characters = [...Array.from({ length: 1748 }, (_, index) => `c${index}`), '\u3000', '后'];
    const classes = readClassTable(model(characters.join('\n')), undefined);
    expect(classes).toHaveLength(characters.length + 2);
    expect(classes[1749]).toBe('\u3000');
    expect(classes[1750]).toBe('后');
    expect(classes.at(-1)).toBe(' ');
  });

  it('keeps characters outside the basic plane whole', () => {
    expect(parseDictionary('𠮷\n😀\n甲')).toEqual(['𠮷', '😀', '甲']);
  });

  it('refuses an empty entry, which would shift all later classes', () => {
    expect(() => parseDictionary('甲\n\n乙')).toThrow('entry 1 is empty');
    expect(() => parseDictionary('甲\n')).toThrow('entry 1 is empty');
  });

  it('takes the file beside a model without a dictionary of its own, and prefers the model', () => {
    expect(readClassTable(new Uint8Array(), Buffer.from('丙\n丁'))).toEqual(['', '丙', '丁', ' ']);
    expect(readClassTable(model('甲'), Buffer.from('丙'))).toEqual(['', '甲', ' ']);
    expect(() => readClassTable(new Uint8Array(), undefined)).toThrow('no dictionary');
  });
});
