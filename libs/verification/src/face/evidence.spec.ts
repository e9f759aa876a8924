import type { FaceItem, ProviderFace } from '@app/contracts';
import { emptyFace, emptyItem } from '@app/providers';
import { contradictsParties, evidenceOf } from './evidence';
import type { ReadFace } from './read-face';

const read = (fields: ReadFace['fields'], ...items: [string, string][]): ReadFace => ({
  fields,
  items: items.map(([itemName, amount]) => ({ itemName, amount })),
});
const face = (changes: Partial<ProviderFace>): ProviderFace => ({ ...emptyFace(), ...changes });
const row = (itemName: string | null, amount: string | null): FaceItem => ({ ...emptyItem(), itemName, amount });
const agrees = (one: ReadFace, other: Partial<ProviderFace>) =>
  Object.fromEntries(evidenceOf(one, face(other)).map((evidence) => [evidence.field, evidence.agrees]));

describe("the provider's face beside what was read", () => {
  it('compares what both sides have, and nothing else', () => {
    expect(evidenceOf(read({ payer: '张三', title: '票据' }), face({ payer: '李四', payee: '医院' }))).toEqual([
      { field: 'payer', read: '张三', told: '李四', agrees: false },
    ]);
    expect(evidenceOf(null, face({ payer: '李四' }))).toEqual([]);
    expect(evidenceOf(read({ payer: '张三' }), null)).toEqual([]);
    expect(agrees(read({ payer: ' ' }), { payer: '李四' })).toEqual({});
  });

  it.each<[keyof ReadFace['fields'], string, string, boolean]>([
    ['payer', '张三丰', '张**', true],
    ['payer', '张三丰', '李**', false],
    ['payer', '张**', '张三丰', true],
    ['payer', '张三丰', '张＊＊', true],
    ['payer', '张三', '张*三', false],
    ['payerCreditCode', '91420100MA4K0X7T23', '**************7T23', true],
    ['payee', '示例市第一医院（东院）', '示例市第一医院(东院)', true],
    ['payee', '示例市第一医院', '示例市第二医院', false],
    ['title', '湖北省公益事业捐赠统一票据 （电子）', '湖北省公益事业捐赠统一票据(电子)', true],
    ['totalAmountInWords', '肆佰捌拾陆圆贰角正', '肆佰捌拾陆元贰角整', true],
    ['totalAmountInWords', '人民币肆佰捌拾陆元整', '肆佰捌拾陆元', true],
    ['totalAmountInWords', '肆佰捌拾陆元贰角', '肆佰捌拾陆元叁角', false],
    ['cashier', 'a12', 'A12', true],
  ])('%s: %s beside %s agrees: %s', (field, ours, theirs, expected) => {
    expect(agrees(read({ [field]: ours }), { [field]: theirs })).toEqual({ [field]: expected });
  });

  it('is not kept busy by endless text, which agrees with nothing', () => {
    const endless = `${'整'.repeat(300_000)}角`;
    expect(agrees(read({ totalAmountInWords: '肆佰元整' }), { totalAmountInWords: endless })).toEqual({ totalAmountInWords: false });
    const zeros = `${'0'.repeat(500_000)}x`;
    expect(agrees(read({}, ['检查费', '320.00']), { items: [row('检查费', zeros)] })).toEqual({ items: true, itemAmounts: false });
  });

  describe('rows', () => {
    const ours = read({}, ['检查费', '320.00'], ['西药费', '166.20'], ['检查费', '12.00']);

    it('agree in any order, however their figures are printed', () => {
      const items = [row('西药费', '￥166.2'), row('检查费', '12'), row('检查费', '320.000')];
      expect(agrees(ours, { items })).toEqual({ items: true, itemAmounts: true });
    });

    it('are a multiset: a row that occurs twice must be told twice', () => {
      const items = [row('检查费', '320.00'), row('西药费', '166.20'), row('西药费', '12.00')];
      expect(evidenceOf(ours, face({ items }))).toEqual([
        { field: 'items', read: '检查费', told: '西药费', agrees: false },
        { field: 'itemAmounts', read: '320; 166.2; 12', told: '320; 166.2; 12', agrees: true },
      ]);
    });

    it('show only what one side alone has', () => {
      const items = [row('检查费', '320.00'), row('西药费', '266.20'), row('检查费', '12.00')];
      expect(evidenceOf(ours, face({ items }))[1]).toEqual({ field: 'itemAmounts', read: '166.2', told: '266.2', agrees: false });
      expect(evidenceOf(ours, face({ items: items.slice(0, 2) }))[0]).toEqual({ field: 'items', read: '检查费', told: '–', agrees: false });
    });

    it('are not compared where a side has none, or amounts are not told', () => {
      expect(agrees(ours, { items: [] })).toEqual({});
      expect(agrees(read({}), { items: [row('检查费', '1.00')] })).toEqual({});
      expect(agrees(ours, { items: [row('检查费', null), row('西药费', null), row('检查费', null)] })).toEqual({ items: true });
    });

    it('are shown up to a bounded length', () => {
      const many = Array.from({ length: 5_000 }, (_, at): [string, string] => [`项目${at}`, '1.00']);
      const [names] = evidenceOf(read({}, ...many), face({ items: [row('别的', '1.00')] }));
      expect(names!.read.length).toBeLessThan(500);
    });
  });

  it('contradicts the parties by another payer or payee, and by nothing else', () => {
    const evidence = (changes: Partial<ProviderFace>) =>
      evidenceOf(read({ payer: '张三', payee: '医院', cashier: '甲' }, ['检查费', '1.00']), face(changes));
    expect(contradictsParties(evidence({ payer: '李四' }))).toBe(true);
    expect(contradictsParties(evidence({ payee: '学校' }))).toBe(true);
    expect(contradictsParties(evidence({ payer: '张三', cashier: '乙', items: [row('西药费', '2.00')] }))).toBe(false);
  });
});
