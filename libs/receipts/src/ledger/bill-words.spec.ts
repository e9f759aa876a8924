import { NO_SECRET_WORDS } from './bill-secret-words';
import { billWords, joinedTerms, namePieces, piecesOf, searchWords, termOf } from './bill-words';

describe('the words of a search', () => {
  it.each<[string, string[]]>([
    ['第一医院', ['第一医院']],
    ['票据（电子）', ['票据', '电子']],
    ['ＣＴ检查费 A区', ['ct', '检查费', 'a', '区']],
    ['记-2026-07-0012', ['记', '2026', '07', '0012']],
    ['  费 费\t费 ', ['费']],
    ['…（）%_\'";--', []],
  ])('of %s are %j', (text, words) => {
    expect(searchWords(text).map((word) => word.text)).toEqual(words);
  });

  it('are no more than eight', () => {
    expect(searchWords('a b c d e f g h i j')).toHaveLength(8);
  });
});

describe('what a bill is found by', () => {
  it('is each of its texts once, the payee’s first though it be empty', () => {
    const words = billWords({ payee: null, titles: ['检查费', '检查费 ', null, '西药费'], secret: NO_SECRET_WORDS });
    expect(words.texts).toBe('\n检查费\n西药费');
    expect(words.shared).toEqual([
      { field: 'text', term: termOf('text', '检查费'), text: '检查费' },
      { field: 'text', term: termOf('text', '西药费'), text: '西药费' },
    ]);
    expect(words.terms).toEqual([termOf('text', '检查费'), termOf('text', '西药费')]);
  });

  it('is a payee apart from a text that reads the same', () => {
    const words = billWords({ payee: '慈善总会', titles: ['慈善总会'], secret: NO_SECRET_WORDS });
    expect(words.shared.map(({ field }) => field)).toEqual(['payee', 'text']);
    expect(new Set(words.terms).size).toBe(2);
  });

  it('is every word of a name, and of Chinese ones each two characters', () => {
    expect(namePieces(['门诊票据_IMG0001'])).toEqual(['门诊', '诊票', '票据', 'img0001']);
    expect(searchWords('诊票据').map(({ text }) => piecesOf(text))).toEqual([['诊票', '票据']]);
    expect(searchWords('记-12').map(({ text }) => piecesOf(text))).toEqual([['记'], ['12']]);
  });

  it('is bounded, and holds no word whose pieces it does not hold', () => {
    const many = billWords({
      payee: '长'.repeat(5_000),
      titles: Array.from({ length: 100 }, (_, at) => `项目${at}`),
      secret: NO_SECRET_WORDS,
    });
    expect(many.texts.length).toBeLessThan(32 * 101);
    expect(many.terms.length).toBeLessThanOrEqual(1 + 32);
    expect(namePieces(['一二三四五六七八九十'.repeat(3), 'short'])).toEqual(['short']);
    expect(joinedTerms(['1'], ['2', '3'], 2)).toEqual(['1']);
    expect(joinedTerms(['1', '2'], ['2', '3'], 3)).toEqual(['1', '2', '3']);
  });
});
