import { amountInWords, decodeAs, fits, money, type ReadChar } from '.';

const words = amountInWords();
const sure = (text: string): ReadChar[] => Array.from(text, (char) => ({ text: char, confidence: 1, alternatives: [] }));
const rivalled = (text: string, at: number, ...rivals: [string, number][]): ReadChar[] =>
  sure(text).map((char, index) =>
    index === at ? { ...char, confidence: 0.6, alternatives: rivals.map(([other, confidence]) => ({ text: other, confidence })) } : char,
  );

describe('amountInWords', () => {
  it.each([
    '肆佰捌拾陆元贰角整',
    '肆佰捌拾陆圆贰角正',
    '拾元整',
    '壹万零柒佰陆拾壹元玖角玖分',
    '叁佰元零叁分',
    '伍角',
    '人民币壹亿零伍元整',
    '玖仟零伍元零角伍分',
    '零元整',
    '壹拾万零伍拾元整',
  ])('is the shape of %s', (text) => expect(fits(text, words)).toBe(true));

  it.each(['', '元', '整', '肆佰捌拾陆', '佰元整', '壹佰贰仟元整', '拾壹拾元整', '陆佰捌佰元整', '三百元', '壹角贰元'])(
    'is not the shape of %s',
    (text) => expect(fits(text, words)).toBe(false),
  );

  it('takes what only looks like a numeral for the numeral', () => {
    expect(decodeAs(sure('武佰集拾元正'), words)).toMatchObject({ text: '贰佰柒拾元正', changed: [0, 2] });
  });

  it('tells by its place what a character stands for', () => {
    expect(decodeAs(sure('贰任玖佰伍拾捌元捌角玖分'), words)?.text).toBe('贰仟玖佰伍拾捌元捌角玖分');
    expect(decodeAs(sure('壹佰贰拾伍元壹角任分'), words)?.text).toBe('壹佰贰拾伍元壹角伍分');
  });

  it('takes an alternative where no numeral was read', () => {
    const chars = rivalled('柒仟玖佰贰拾柒元值角柒分', 8, ['伍', 0.111], ['盈', 0.016]);
    expect(decodeAs(chars, words)).toMatchObject({ text: '柒仟玖佰贰拾柒元伍角柒分', confidence: 0.111, changed: [8] });
  });

  it('does not choose between numerals that are about as probable', () =>
    expect(decodeAs(rivalled('柒仟玖佰贰拾柒元值角柒分', 8, ['伍', 0.111], ['陆', 0.09]), words)).toBeNull());
});

describe('an altered amount', () => {
  // 捌 was painted over 叁, 9 over 4: the recogniser still sees a little of what stood there.
  it('in words stays what it is, though the true numeral is an alternative', () => {
    const chars = rivalled('捌仟柒佰元整', 0, ['叁', 0.39]);
    expect(decodeAs(chars, words)).toMatchObject({ text: '捌仟柒佰元整', changed: [] });
  });

  it('in words is not made a possible one by exchanging numerals', () =>
    expect(decodeAs(rivalled('捌佰柒佰元整', 1, ['仟', 0.39]), words)).toBeNull());

  it('in figures stays what it is, though the true figure is an alternative', () => {
    const chars = rivalled('9751.90', 0, ['4', 0.39]);
    expect(decodeAs(chars, money())).toMatchObject({ text: '9751.90', changed: [] });
  });

  it('in figures stays what it is where something else was misread', () => {
    const chars = rivalled('975l.90', 0, ['4', 0.39]);
    expect(decodeAs(chars, money())?.text).toBe('9751.90');
  });
});
