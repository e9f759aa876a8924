import { MissingGlyphError, Typeface } from './typeface';

describe('Typeface', () => {
  it.each(['serif', 'sans'] as const)('the %s face holds every character a bill prints', (name) => {
    const face = Typeface.named(name);
    const printed = '财政票据监制章校验码零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整（）：，￥*0123456789abcxyzABCXYZ.-/';
    for (const character of printed) expect(face.outline(character).advance).toBeGreaterThan(0);
  });

  it('keeps every stroke: 筹 has its seven strokes of bamboo above its seven below', () => {
    const contours = (Typeface.named('sans').outline('筹').path.match(/M/g) ?? []).length;
    expect(contours).toBe(13);
  });

  it('measures text in the units of its size', () => {
    const face = Typeface.named('sans');
    expect(face.width('票据', 20)).toBe(40);
    expect(face.width('票据', 20, 5)).toBe(45);
  });

  it('refuses a character it cannot draw', () => {
    expect(() => Typeface.named('sans').outline('😀')).toThrow(MissingGlyphError);
  });
});
