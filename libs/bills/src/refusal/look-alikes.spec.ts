import { bill, line, page } from '../../../../test/support/printed-page';
import type { EvidenceLine } from '../evidence';
import { readBills } from '../read-bills';

const read = (lines: EvidenceLine[], qrTexts: string[] = []) => readBills({ pages: [page(lines, qrTexts)], today: '2026-11-22' });
const print = (...texts: string[]) => texts.map((text, i) => line(text, 60, 40 + 60 * i));

describe('documents that are no fiscal bills', () => {
  it.each([
    ['blank-page', []],
    ['blank-page', ['..']],
    ['not-a-bill', ['非税收入缴款通知书', '执收单位名称：虹桥镇人民政府', '缴款人：林晓青', '缴款码：3200002600']],
    ['not-a-bill', ['房屋租赁合同', '甲方：某某', '乙方：某某', '合计：2,000.00']],
    [
      'tax-invoice',
      ['增值税电子普通发票', '发票代码：044001500111', '发票号码：81966722', '校验码：17884 53474 57499 91611', '价税合计（大写）壹佰元整'],
    ],
    ['tax-invoice', ['发票代码：044001500111', '发票号码：81966722', '税率', '税额']],
    ['digital-invoice', ['电子发票（普通发票）', '发票号码：26322000000012345678', '开票日期：2026年05月06日', '税额']],
    ['blockchain-invoice', ['深圳区块链电子普通发票', '发票代码：144031909110', '发票号码：00012345']],
    ['transport-ticket', ['G1022', '限乘当日当次车', '二等座']],
    ['fee-list', ['某某医院住院费用明细清单', '姓名：某某', '住院号：44635583', '合计：4405.92']],
  ])('are refused as %s: %j', (code, texts) => {
    const reading = read(print(...texts));
    expect(reading).toMatchObject({ decision: 'refuse', bills: [], refusal: { code } });
    expect(reading.refusal?.message['zh-CN']).toMatch(/\p{Script=Han}/u);
    expect(reading.refusal?.message.en).toMatch(/^[A-Z]/u);
  });

  it('are told by a tax QR code alone', () => {
    expect(
      read(print('某某餐饮', '合计：173.79'), ['01,10,044001500111,81966722,173.79,20170524,17884534745749991611,BE2D']).refusal?.code,
    ).toBe('tax-invoice');
  });
});

describe('bills that only mention other documents', () => {
  it('are read', () => expect(read([...bill(), line('本票据不作为税务发票使用', 60, 800)]).decision).toBe('auto'));

  it('go to a person, not to refusal, when hardly anything can be read', () => {
    const reading = read(print('票据号码：0019304458'));
    expect(reading.decision).toBe('review');
    expect(reading.bills[0]?.elements.billNumber).toBe('0019304458');
  });

  it.each(['样票', '作废', '仅供预览'])('go to a person when %s is written across them', (mark) => {
    expect(read([...bill(), line(mark, 600, 420)]).bills[0]?.reasons.map(({ code }) => code)).toContain('marked-as-sample');
  });
});
