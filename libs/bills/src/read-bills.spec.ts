import { Reading } from '@app/contracts';
import { bill, doubtful, line, page, replaced } from '../../../test/support/printed-page';
import { onlyBill, QR, readLines, reasonsOf, swapped, TODAY } from '../../../test/support/read-lines';
import { readBills } from './read-bills';
import { READING_RULES_VERSION } from './rules/reading-rules-changes';

describe('a clear bill', () => {
  it('is read whole and passes without a person', () => {
    const reading = onlyBill(bill());
    expect(reading.decision).toBe('auto');
    expect(readLines(bill()).rulesVersion).toBe(READING_RULES_VERSION);
    expect(readBills({ pages: [], today: TODAY })).toMatchObject({ decision: 'refuse', rulesVersion: READING_RULES_VERSION });
    expect(reading.reasons).toEqual([]);
    expect(reading.kind).toBe('medical-outpatient');
    expect(reading.elements).toEqual({
      billCode: '32060126',
      billNumber: '0019304458',
      checkCode: '5d07ea',
      issueDate: '2026-04-09',
      totalAmount: '486.20',
    });
    const values = Object.fromEntries(Object.entries(reading.fields).map(([name, field]) => [name, field.value]));
    expect(values).toMatchObject({
      title: '江苏省医疗门诊收费票据（电子）',
      payer: '林晓青',
      payerCreditCode: '**************0021',
      payee: '虹桥镇卫生院',
      reviewer: '80138',
      cashier: '周敏',
      totalAmountInWords: '肆佰捌拾陆元贰角整',
    });
  });

  it('has the shape of the public contract', () => {
    expect(Reading.parse({ ...readLines(bill(), [QR]), timings: {} })).toBeDefined();
  });

  it('says what confirmed each element, and where it stands', () => {
    const { fields } = onlyBill(bill(), [QR]);
    expect(fields.totalAmount?.confirmedBy).toEqual(['qr', 'amountWords', 'rowSum']);
    expect(fields.billCode?.confirmedBy).toEqual(['qr', 'codeYear', 'codeRegion', 'qrRegion', 'codeClass']);
    const [topLeft, , bottomRight] = fields.checkCode?.quad ?? [];
    expect(Math.abs((topLeft?.[0] ?? 0) - 1270)).toBeLessThan(6);
    expect(topLeft?.[1]).toBe(170);
    expect(bottomRight).toEqual([1360, 200]);
  });

  it('is read the same when it lies askew', () => {
    const tilt = 0.04;
    const turned = bill().map((each) => {
      const turn = ([x = 0, y = 0]: number[]) => [x * Math.cos(tilt) - y * Math.sin(tilt), x * Math.sin(tilt) + y * Math.cos(tilt)];
      return { ...each, quad: each.quad.map(turn) };
    });
    const { decision, elements, items } = onlyBill(turned);
    expect({ decision, elements, items }).toEqual({ decision: 'auto', elements: onlyBill(bill()).elements, items: onlyBill(bill()).items });
  });
});

describe('what is missing or misshapen', () => {
  it.each(['票据代码', '票据号码', '校验码', '开票日期'])('%s that is not there is null and goes to a person', (label) => {
    const reading = onlyBill(replaced(bill(), label, () => []));
    expect(reading.decision).toBe('review');
    expect(Object.values(reading.elements)).toContain(null);
    expect(reading.reasons.map(({ code }) => code)).toContain('element-missing');
  });

  it('takes a missing element from the QR code, but lets a person look', () => {
    const reading = onlyBill(
      replaced(bill(), '校验码', () => []),
      [QR],
    );
    expect(reading.elements.checkCode).toBe('5d07ea');
    expect(reading.fields.checkCode).toMatchObject({ source: 'qr', quad: null });
    expect(reading.decision).toBe('review');
  });

  it.each([
    [{ billNumber: '001930445' }, 'billNumber'],
    [{ billCode: '320601260' }, 'billCode'],
    [{ checkCode: '5d07e' }, 'checkCode'],
    [{ figures: '486.2' }, 'totalAmount'],
    [{ issueDate: '2026-02-30' }, 'issueDate'],
  ] as const)('a value of wrong shape (%j) is shown, not believed', (changes, element) => {
    const reading = onlyBill(bill(changes));
    expect(reading.elements[element]).toBeNull();
    expect(reading.fields[element]?.value).toBe(Object.values(changes)[0]);
    expect(reading.reasons.map(({ code }) => code)).toContain('element-shape');
  });

  it('an amount in words with a guessed numeral does not confirm the figures, but may contradict them', () => {
    const guessed = (figures: string) =>
      replaced(bill({ words: '肆佰值拾陆元贰角整', figures, rows: [] }), '金额合计', (found) => [
        doubtful(found, 10, { confidence: 0.7, alternatives: [{ text: '捌', confidence: 0.1 }] }),
      ]);
    expect(onlyBill(guessed('486.20')).fields.totalAmountInWords?.value).toBe('肆佰捌拾陆元贰角整');
    expect(reasonsOf(guessed('486.20'))).toEqual(['element-unconfirmed totalAmount']);
    expect(reasonsOf(guessed('496.20'))).toContain('amount-words-disagree totalAmount');
  });

  it('an amount that nothing confirms is not certain', () => {
    expect(reasonsOf(bill({ words: '', rows: [] }))).toEqual([
      'element-unconfirmed totalAmount',
      'amount-words-unreadable totalAmountInWords',
    ]);
  });
});

describe('layouts', () => {
  it('knows a label whose misread character the engine replaced', () => {
    const lines = replaced(swapped('金额合计', line('金额合计（太写）肆佰捌拾陆元贰角整', 60, 540)), '金额合计', (found) => [
      doubtful(found, 5, { preferred: { text: '大', confidence: 0.05 } }),
    ]);
    expect(onlyBill(lines).fields.totalAmountInWords?.value).toBe('肆佰捌拾陆元贰角整');
  });

  it('does not call a title confirmed that the engine put right', () => {
    const lines = replaced(bill({ title: '江苏省医疗门诊收费栗据（电子）' }), '江苏省', (found) => [
      doubtful(found, 9, { preferred: { text: '票', confidence: 0.06 } }),
    ]);
    expect(onlyBill(lines).fields.title).toMatchObject({
      value: '江苏省医疗门诊收费票据（电子）',
      raw: '江苏省医疗门诊收费栗据（电子）',
      confirmedBy: [],
    });
  });

  it('ends a value at the next known label when fields run together', () => {
    const lines = replaced(swapped('交款人：', line('交款人：林晓青开票日期：2026-04-09', 50, 220)), '开票日期', () => []);
    const reading = onlyBill(lines);
    expect(reading.fields.payer?.value).toBe('林晓青');
    expect(reading.elements.issueDate).toBe('2026-04-09');
  });

  it('takes the payer, not the agent who paid for him', () => {
    const lines = swapped('交款人：', line('代交款人：郑大海', 50, 220), line('交款人：林晓青', 600, 220));
    expect(onlyBill(lines).fields.payer?.value).toBe('林晓青');
  });

  it('finds a value in the box to the right of its label, and under it', () => {
    expect(onlyBill(swapped('校验码', line('校验码：', 1150, 170), line('5d07ea', 1300, 172))).elements.checkCode).toBe('5d07ea');
    expect(onlyBill(swapped('票据号码', line('票据号码', 1150, 85), line('0019304458', 1160, 125))).elements.billNumber).toBe('0019304458');
  });

  it('does not hand an empty field the value of its neighbour', () => {
    const lines = replaced(bill(), '交款人统一', () => [line('交款人统一社会信用代码：', 50, 170)]);
    expect(onlyBill(lines).fields.payerCreditCode).toBeUndefined();
  });

  it('reads labels with half-width marks, spaces inside and one misread character', () => {
    const lines = replaced(swapped('校验码', line('校 验 码:5d07ea', 1150, 170)), '票据号码', () => [
      line('票椐号码：0019304458', 1150, 120),
    ]);
    expect(onlyBill(lines).elements).toMatchObject({ checkCode: '5d07ea', billNumber: '0019304458' });
  });

  it('finds an amount that stands away from 小写 by the words, and shows it to a person when no rows back it', () => {
    const lines = replaced(bill({ rows: [] }), '（小写）', () => [line('（小写）', 1150, 540), line('￥486.20', 1500, 900)]);
    expect(onlyBill(lines).elements.totalAmount).toBe('486.20');
    expect(onlyBill(lines).decision).toBe('review');
  });

  it('takes only 开票日期 for the issue date', () => {
    const lines = replaced(bill(), '开票日期', () => []);
    expect(onlyBill(lines).elements.issueDate).toBeNull();
  });

  it('leaves the text of seals out', () => {
    const seal = line('财务专用章', 420, 700, { tilt: 0.4 });
    const legend = line('财务专用章', 500, 698);
    expect(onlyBill([...bill(), seal, legend]).fields.payee?.value).toBe('虹桥镇卫生院');
  });
});

describe('several pages', () => {
  it('gives a bill for each page that has one, and takes a list of charges along with it', () => {
    const list = line('费用明细清单', 600, 20);
    const reading = readBills({
      pages: [page(bill()), page([list], [], 2), page(bill({ billNumber: '0019304459' }), [], 3)],
      today: TODAY,
    });
    expect(reading.bills.map(({ page: number, elements }) => [number, elements.billNumber])).toEqual([
      [1, '0019304458'],
      [3, '0019304459'],
    ]);
    expect(reading.decision).toBe('auto');
  });

  it('needs a person when one of its bills does', () => {
    const reading = readBills({ pages: [page(bill()), page(bill({ checkCode: '5d07e' }), [], 2)], today: TODAY });
    expect(reading.bills.map(({ decision }) => decision)).toEqual(['auto', 'review']);
    expect(reading.decision).toBe('review');
  });
});

describe('several bills on one page', () => {
  const second = bill({ billNumber: '0019304460', checkCode: '9c81f3', payer: '郭敏' }, 50, 1000);
  const beside = bill({ billNumber: '0019304461', checkCode: '4a2277', payer: '高远' }, 2000, 60);

  it('are told apart below and beside each other, and pass where their print stands clear of the others', () => {
    const reading = readLines([...bill(), ...second, ...beside]);
    expect(reading.bills.map(({ elements, fields }) => [elements.billNumber, elements.checkCode, fields.payer?.value])).toEqual([
      ['0019304458', '5d07ea', '林晓青'],
      ['0019304460', '9c81f3', '郭敏'],
      ['0019304461', '4a2277', '高远'],
    ]);
    expect(reading.decision).toBe('auto');
  });

  const near = bill({ billNumber: '0019304460', checkCode: '9c81f3', payer: '郭敏' }, 50, 760);

  it('are shown to a person where one begins right below another: a line may belong to either', () => {
    const reading = readLines([...bill(), ...near]);
    expect(reading.bills.map(({ elements }) => elements.billNumber)).toEqual(['0019304458', '0019304460']);
    expect(new Set(reading.bills.flatMap(({ reasons }) => reasons.map(({ code }) => code)))).toEqual(new Set(['several-bills']));
  });

  it('pass without a person when their own QR codes say the same', () => {
    const reading = readLines([...bill(), ...near], [QR, 'CZ-EI-32,32060126,0019304460,9c81f3,20260409,486.20']);
    expect(reading.bills.map(({ decision }) => decision)).toEqual(['auto', 'auto']);
  });
});
