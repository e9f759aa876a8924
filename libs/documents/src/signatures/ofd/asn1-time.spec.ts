import { readAsn1Time, readSealTime, readSignatureTime } from './asn1-time';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('times of seals', () => {
  it.each([
    ['260304050607Z', '2026-03-04T05:06:07.000Z'],
    ['990304050607Z', '1999-03-04T05:06:07.000Z'],
    ['20260304050607Z', '2026-03-04T05:06:07.000Z'],
    ['20260304050607.123Z', '2026-03-04T05:06:07.000Z'],
    ['20260304050607+0800', '2026-03-03T21:06:07.000Z'],
    ['20260304050607', '2026-03-03T21:06:07.000Z'],
    ['\x17\x0d260304050607Z', '2026-03-04T05:06:07.000Z'],
    ['\x18\x0f20260304050607Z', '2026-03-04T05:06:07.000Z'],
  ])('are read from %j', (text, time) => expect(readSealTime(bytes(text))?.toISOString()).toBe(time));

  it.each(['', '\x30\x00', '20261304050607Z', '2603040506Z', 'now'])('are none in %j', (text) =>
    expect(readSealTime(bytes(text))).toBeNull(),
  );

  it.each([
    ['2026-03-04 05:06:07', '2026-03-03T21:06:07.000Z'],
    ['2026-03-04T05:06:07.000Z', '2026-03-04T05:06:07.000Z'],
    [' 20260304050607.000Z ', '2026-03-04T05:06:07.000Z'],
  ])('are read from %j in Signature.xml', (text, time) => expect(readSignatureTime(text)?.toISOString()).toBe(time));

  it('are none in other values', () => expect(readAsn1Time(bytes('\x02\x01\x01'))).toBeNull());
});
