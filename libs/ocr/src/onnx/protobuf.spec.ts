import { join, messageField, messagesOf, numberField, numberOf, readFields, varint } from './protobuf';

describe('protobuf', () => {
  it('reads back what it wrote, nested messages included', () => {
    const message = join(numberField(1, 300), messageField(2, 'key'), messageField(3, messageField(1, '票'), numberField(2, 7)));
    expect(numberOf(message, 1)).toBe(300);
    expect(Buffer.from(messagesOf(message, 2)[0]!).toString()).toBe('key');
    expect(Buffer.from(messagesOf(messagesOf(message, 3)[0]!, 1)[0]!).toString()).toBe('票');
  });

  it.each([0, 1, 127, 128, 300, 21_234_383, 2 ** 40])('keeps the number %d', (value) => {
    expect(numberOf(join(varint(5 * 8), varint(value)), 5)).toBe(value);
  });

  it('steps over fixed-width fields', () => {
    const fixed64 = join(varint(8 + 1), new Uint8Array(8));
    const fixed32 = join(varint(16 + 5), new Uint8Array(4));
    expect([...readFields(join(fixed64, fixed32, numberField(3, 9)))].map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('keeps every occurrence of a repeated field', () => {
    expect(messagesOf(join(messageField(4, 'a'), numberField(1, 1), messageField(4, 'b')), 4)).toHaveLength(2);
  });

  it('refuses a message that ends too early', () => {
    const message = messageField(2, 'twelve bytes');
    expect(() => [...readFields(message.subarray(0, 6))]).toThrow('ends inside a field');
    expect(() => [...readFields(Uint8Array.of(0x80))]).toThrow('ends inside a number');
  });

  it('refuses a wire type that no model uses', () => {
    expect(() => [...readFields(Uint8Array.of(8 + 3, 0))]).toThrow('wire type 3');
  });
});
