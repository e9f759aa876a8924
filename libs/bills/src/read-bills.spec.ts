import { Reading } from '@app/contracts';
import { bill, doubtful, line, page, replaced, type BillText } from '../../../test/support/printed-page';
import type { EvidenceLine } from './evidence';
import { readBills } from './read-bills';
import { READING_RULES_VERSION } from './rules/reading-rules-changes';

const TODAY = '2026-11-22';
const QR = 'CZ-EI-32,32060126,0019304458,5d07ea,20260409,486.20';

const read = (lines: EvidenceLine[], qrTexts: string[] = []) => readBills({ pages: [page(lines, qrTexts)], today: TODAY });
const only = (lines: EvidenceLine[], qrTexts: string[] = []) => {
  const [reading, ...others] = read(lines, qrTexts).bills;
  expect(others).toEqual([]);
  return reading!;
};
const codes = (lines: EvidenceLine[], qrTexts: string[] = []) =>
  only(lines, qrTexts).reasons.map(({ code, field }) => (field === null ? code : `${code} ${field}`));
const changed = (changes: Partial<BillText>) => bill(changes);
const swap = (start: string, ...by: EvidenceLine[]) => replaced(bill(), start, () => by);

describe('a clear bill', () => {
  it('is read whole and passes without a person', () => {
    const reading = only(bill());
    expect(reading.decision).toBe('auto');
    expect(read(bill()).rulesVersion).toBe(READING_RULES_VERSION);
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
    expect(Reading.parse({ ...read(bill(), [QR]), timings: {} })).toBeDefined();
  });

  it('says what confirmed each element, and where it stands', () => {
    const { fields } = only(bill(), [QR]);
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
    const { decision, elements, items } = only(turned);
    expect({ decision, elements, items }).toEqual({ decision: 'auto', elements: only(bill()).elements, items: only(bill()).items });
  });
});

describe('doubt', () => {
  it.each([
    ['票据号码', 8, 'element-low-confidence billNumber'],
    ['校验码', 5, 'element-low-confidence checkCode'],
    ['开票日期', 14, 'element-low-confidence issueDate'],
    ['票据代码', 9, 'element-low-confidence billCode'],
  ])('about one character of %s sends the bill to a person', (label, index, code) => {
    const lines = replaced(bill(), label, (found) => [doubtful(found, index, { confidence: 0.9 })]);
    expect(only(lines).decision).toBe('review');
    expect(codes(lines)).toEqual([code]);
  });

  it('is lifted by a QR code that says the same', () => {
    const lines = replaced(bill(), '校验码', (found) => [doubtful(found, 5, { confidence: 0.9 })]);
    expect(only(lines, [QR]).decision).toBe('auto');
  });

  it('arises from a rival reading of a check code character, not from its full-width twin', () => {
    const withRival = (text: string) =>
      replaced(bill(), '校验码', (found) => [doubtful(found, 5, { confidence: 0.99, alternatives: [{ text, confidence: 0.03 }] })]);
    expect(codes(withRival('6'))).toEqual(['element-look-alike checkCode']);
    expect(codes(withRival('ｄ'))).toEqual([]);
  });

  it.each(['5d0l27', '5do7ea', 'ffI0da', '5D07ea'])(
    'arises from a letter in %s that is drawn like a digit, and the letter is kept',
    (checkCode) => {
      const reading = only(changed({ checkCode }));
      expect(reading.elements.checkCode).toBe(checkCode);
      expect(reading.reasons.map(({ code }) => code)).toContain('element-look-alike');
      expect(reading.decision).toBe('review');
    },
  );

  it('arises where a look-alike digit is proposed, and both readings are kept', () => {
    const lines = replaced(changed({ checkCode: '5do7ea' }), '校验码', (found) => [
      doubtful(found, 6, { confidence: 0.8, alternatives: [{ text: '0', confidence: 0.2 }] }),
    ]);
    const reading = only(lines);
    expect(reading.fields.checkCode).toMatchObject({ value: '5d07ea', raw: '5do7ea', confidence: 0.2, alternatives: ['5do7ea'] });
    expect(reading.decision).toBe('review');
    expect(codes(lines)).toContain('element-repaired checkCode');
  });

  it('arises where the engine preferred the digit, as if it had not', () => {
    const lines = replaced(changed({ checkCode: '5do7ea' }), '校验码', (found) => [
      doubtful({ ...found, text: '校验码：5d07ea' }, 6, {
        confidence: 0.8,
        alternatives: [{ text: '0', confidence: 0.2 }],
        preferred: { text: '0', confidence: 0.2 },
      }),
    ]);
    expect(only(lines).fields.checkCode).toMatchObject({ value: '5d07ea', raw: '5do7ea', confidence: 0.2, alternatives: ['5do7ea'] });
    expect(codes(lines)).toContain('element-repaired checkCode');
    expect(only(lines).decision).toBe('review');
  });

  it('does not believe what the engine preferred where nothing speaks for it', () => {
    const lines = replaced(changed({ checkCode: 'qfomjx' }), '校验码', (found) => [
      doubtful(found, 6, { preferred: { text: '0', confidence: 0.9 } }),
    ]);
    expect(only(lines).elements.checkCode).toBe('qfomjx');
  });

  it.each([
    [{ issueDate: '2026=04-09' }, '开票日期', 9, '-', 'issueDate', '2026-04-09'],
    [{ figures: '486;20' }, '（小写）', 7, '.', 'totalAmount', '486.20'],
  ] as const)('arises where a mark of %j is taken for another', (changes, label, index, text, element, value) => {
    const lines = replaced(changed(changes), label, (found) => [
      doubtful(found, index, { confidence: 0.5, alternatives: [{ text, confidence: 0.4 }] }),
    ]);
    expect(only(lines).elements[element]).toBe(value);
    expect(codes(lines)).toContain(`element-low-confidence ${element}`);
    expect(only(lines).decision).toBe('review');
  });

  it('keeps a letter among letters, whatever digit it looks like', () => {
    const lines = replaced(changed({ checkCode: 'qfomjx' }), '校验码', (found) => [
      doubtful(found, 6, { confidence: 0.6, alternatives: [{ text: '0', confidence: 0.4 }] }),
    ]);
    expect(only(lines).elements.checkCode).toBe('qfomjx');
  });

  it('does not arise from other letters', () => expect(only(changed({ checkCode: 'qfmejx' })).decision).toBe('auto'));

  it('arises when a letter had to be taken for a digit', () => {
    const reading = only(changed({ billNumber: '0O193O4458' }));
    expect(reading.elements.billNumber).toBe('0019304458');
    expect(reading.fields.billNumber?.raw).toBe('0O193O4458');
    expect(codes(changed({ billNumber: '0O193O4458' }))).toEqual(['element-repaired billNumber']);
  });
});

describe('what is missing or misshapen', () => {
  it.each(['票据代码', '票据号码', '校验码', '开票日期'])('%s that is not there is null and goes to a person', (label) => {
    const reading = only(replaced(bill(), label, () => []));
    expect(reading.decision).toBe('review');
    expect(Object.values(reading.elements)).toContain(null);
    expect(reading.reasons.map(({ code }) => code)).toContain('element-missing');
  });

  it('takes a missing element from the QR code, but lets a person look', () => {
    const reading = only(
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
    const reading = only(changed(changes));
    expect(reading.elements[element]).toBeNull();
    expect(reading.fields[element]?.value).toBe(Object.values(changes)[0]);
    expect(reading.reasons.map(({ code }) => code)).toContain('element-shape');
  });

  it('an amount in words with a guessed numeral does not confirm the figures, but may contradict them', () => {
    const guessed = (figures: string) =>
      replaced(changed({ words: '肆佰值拾陆元贰角整', figures, rows: [] }), '金额合计', (found) => [
        doubtful(found, 10, { confidence: 0.7, alternatives: [{ text: '捌', confidence: 0.1 }] }),
      ]);
    expect(only(guessed('486.20')).fields.totalAmountInWords?.value).toBe('肆佰捌拾陆元贰角整');
    expect(codes(guessed('486.20'))).toEqual(['element-unconfirmed totalAmount']);
    expect(codes(guessed('496.20'))).toContain('amount-words-disagree totalAmount');
  });

  it('an amount that nothing confirms is not certain', () => {
    expect(codes(changed({ words: '', rows: [] }))).toEqual([
      'element-unconfirmed totalAmount',
      'amount-words-unreadable totalAmountInWords',
    ]);
  });
});

describe('contradictions', () => {
  it.each([
    [{ figures: '9751.90', words: '捌仟柒佰伍拾壹元玖角整', rows: [] }, 'amount-words-disagree totalAmount'],
    [{ figures: '496.20', words: '肆佰玖拾陆元贰角整' }, 'item-sum-disagrees totalAmount'],
    [{ billCode: '32060123' }, 'code-year-disagrees billCode'],
    [{ billCode: '33060126' }, 'code-region-disagrees billCode'],
    [{ billCode: '32010126' }, 'code-class-disagrees billCode'],
    [{ issueDate: '2026-11-23' }, 'date-in-future issueDate'],
  ] as [Partial<BillText>, string][])('%j goes to a person', (changes, code) => {
    expect(codes(changed(changes))).toContain(code);
    expect(only(changed(changes)).decision).toBe('review');
  });

  it.each([
    ['捌仟柒佰伍拾壹元玖角整', 9, '叁', { figures: '3751.90', rows: [] }],
    ['肆佰捌拾陆元贰角整', 9, '伍', { figures: '586.20', rows: [] }],
  ] as [string, number, string, Partial<BillText>][])(
    'are not repaired into agreement: %s stays, though the recogniser also considered what the figures say',
    (words, index, rival, changes) => {
      const lines = replaced(changed({ ...changes, words }), '金额合计', (found) => [
        doubtful(found, index, { confidence: 0.6, alternatives: [{ text: rival, confidence: 0.39 }] }),
      ]);
      expect(only(lines).fields.totalAmountInWords?.value).toBe(words);
      expect(codes(lines)).toContain('amount-words-disagree totalAmount');
    },
  );

  it('keeps the printed value and offers the QR code’s', () => {
    const reading = only(bill(), ['CZ-EI-32,32060126,0019304458,5d07ea,20260409,586.20']);
    expect(reading.decision).toBe('review');
    expect(reading.elements.totalAmount).toBe('486.20');
    expect(reading.fields.totalAmount).toMatchObject({ alternatives: ['586.20'], contradictedBy: ['qr'] });
  });

  it('two QR codes that disagree are no witnesses', () => {
    const other = 'CZ-EI-32,32060126,0019304458,5d07eb,20260409,486.20';
    expect(codes(bill(), [other, QR])).toEqual(['qr-disagrees checkCode']);
    expect(
      only(
        replaced(bill(), '校验码', () => []),
        [other, QR],
      ).elements.checkCode,
    ).toBeNull();
  });

  it('different values for one element are not decided by chance', () => {
    const lines = [...bill(), line('校验码：5d07eb', 1150, 900)];
    expect(codes(lines)).toContain('element-ambiguous checkCode');
  });

  it('bills of early January may carry the older year', () => {
    expect(only(changed({ issueDate: '2026-01-05', billCode: '32060125' })).decision).toBe('auto');
    expect(only(changed({ issueDate: '2026-02-05', billCode: '32060125' })).decision).toBe('review');
  });
});

describe('a payee', () => {
  it.each([
    ['虹桥镇第医院', '虹桥镇第一医院', 0.9],
    ['虹桥镇第二医院', '虹桥镇第二医院', 1],
    ['虹桥镇门第卫生院', '虹桥镇门第卫生院', 1],
  ])('whose numeral was lost is given the one that can be: %s', (payee, value, confidence) => {
    expect(only(changed({ payee })).fields.payee).toMatchObject({ value, confidence });
  });
});

describe('a failed credit code check', () => {
  it('is told without sending the bill to a person', () => {
    const reading = only(changed({ payerCreditCode: '91420100MA4K0X7T24' }));
    expect(reading.reasons.map(({ code }) => code)).toEqual(['credit-code-check']);
    expect(reading.decision).toBe('auto');
  });

  it.each([
    ['stars taken for characters', '本水本木率本本本本水0021', 1],
    ['stars run into one another', '***0021', 1],
    ['stars run into one', '*0021', 1],
    ['some stars taken for characters', '水本东京率率*0021', 1],
    ['no more than an odd number', '*************021', 0.5],
  ])('is as certain as what is not masked: %s', (_, printed, confidence) => {
    const mask = line(`交款人统一社会信用代码：${printed}`, 50, 170);
    const unsure = [...Array(printed.length - 4).keys()].reduce((each, star) => doubtful(each, 12 + star, { confidence: 0.6 }), mask);
    const { payerCreditCode } = only(swap('交款人统一', unsure)).fields;
    const value = printed.endsWith('0021') ? '**************0021' : printed;
    expect(payerCreditCode).toMatchObject({ value, confidence });
  });

  it('is not held against a mask', () => expect(codes(changed({ payerCreditCode: '**************735X' }))).toEqual([]));
});

describe('layouts', () => {
  it('knows a label whose misread character the engine replaced', () => {
    const lines = replaced(swap('金额合计', line('金额合计（太写）肆佰捌拾陆元贰角整', 60, 540)), '金额合计', (found) => [
      doubtful(found, 5, { preferred: { text: '大', confidence: 0.05 } }),
    ]);
    expect(only(lines).fields.totalAmountInWords?.value).toBe('肆佰捌拾陆元贰角整');
  });

  it('does not call a title confirmed that the engine put right', () => {
    const lines = replaced(changed({ title: '江苏省医疗门诊收费栗据（电子）' }), '江苏省', (found) => [
      doubtful(found, 9, { preferred: { text: '票', confidence: 0.06 } }),
    ]);
    expect(only(lines).fields.title).toMatchObject({
      value: '江苏省医疗门诊收费票据（电子）',
      raw: '江苏省医疗门诊收费栗据（电子）',
      confirmedBy: [],
    });
  });

  it('ends a value at the next known label when fields run together', () => {
    const lines = replaced(swap('交款人：', line('交款人：林晓青开票日期：2026-04-09', 50, 220)), '开票日期', () => []);
    const reading = only(lines);
    expect(reading.fields.payer?.value).toBe('林晓青');
    expect(reading.elements.issueDate).toBe('2026-04-09');
  });

  it('takes the payer, not the agent who paid for him', () => {
    const lines = swap('交款人：', line('代交款人：郑大海', 50, 220), line('交款人：林晓青', 600, 220));
    expect(only(lines).fields.payer?.value).toBe('林晓青');
  });

  it('finds a value in the box to the right of its label, and under it', () => {
    expect(only(swap('校验码', line('校验码：', 1150, 170), line('5d07ea', 1300, 172))).elements.checkCode).toBe('5d07ea');
    expect(only(swap('票据号码', line('票据号码', 1150, 85), line('0019304458', 1160, 125))).elements.billNumber).toBe('0019304458');
  });

  it('does not hand an empty field the value of its neighbour', () => {
    const lines = replaced(bill(), '交款人统一', () => [line('交款人统一社会信用代码：', 50, 170)]);
    expect(only(lines).fields.payerCreditCode).toBeUndefined();
  });

  it('reads labels with half-width marks, spaces inside and one misread character', () => {
    const lines = replaced(swap('校验码', line('校 验 码:5d07ea', 1150, 170)), '票据号码', () => [line('票椐号码：0019304458', 1150, 120)]);
    expect(only(lines).elements).toMatchObject({ checkCode: '5d07ea', billNumber: '0019304458' });
  });

  it('finds an amount that stands away from 小写 by the words, and shows it to a person when no rows back it', () => {
    const lines = replaced(changed({ rows: [] }), '（小写）', () => [line('（小写）', 1150, 540), line('￥486.20', 1500, 900)]);
    expect(only(lines).elements.totalAmount).toBe('486.20');
    expect(only(lines).decision).toBe('review');
  });

  it('takes only 开票日期 for the issue date', () => {
    const lines = replaced(bill(), '开票日期', () => []);
    expect(only(lines).elements.issueDate).toBeNull();
  });

  it('leaves the text of seals out', () => {
    const seal = line('财务专用章', 420, 700, { tilt: 0.4 });
    const legend = line('财务专用章', 500, 698);
    expect(only([...bill(), seal, legend]).fields.payee?.value).toBe('虹桥镇卫生院');
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
    const reading = readBills({ pages: [page(bill()), page(changed({ checkCode: '5d07e' }), [], 2)], today: TODAY });
    expect(reading.bills.map(({ decision }) => decision)).toEqual(['auto', 'review']);
    expect(reading.decision).toBe('review');
  });
});

describe('several bills on one page', () => {
  const second = bill({ billNumber: '0019304460', checkCode: '9c81f3', payer: '郭敏' }, 50, 1000);
  const beside = bill({ billNumber: '0019304461', checkCode: '4a2277', payer: '高远' }, 2000, 60);

  it('are told apart below and beside each other, and pass where their print stands clear of the others', () => {
    const reading = read([...bill(), ...second, ...beside]);
    expect(reading.bills.map(({ elements, fields }) => [elements.billNumber, elements.checkCode, fields.payer?.value])).toEqual([
      ['0019304458', '5d07ea', '林晓青'],
      ['0019304460', '9c81f3', '郭敏'],
      ['0019304461', '4a2277', '高远'],
    ]);
    expect(reading.decision).toBe('auto');
  });

  const near = bill({ billNumber: '0019304460', checkCode: '9c81f3', payer: '郭敏' }, 50, 760);

  it('are shown to a person where one begins right below another: a line may belong to either', () => {
    const reading = read([...bill(), ...near]);
    expect(reading.bills.map(({ elements }) => elements.billNumber)).toEqual(['0019304458', '0019304460']);
    expect(new Set(reading.bills.flatMap(({ reasons }) => reasons.map(({ code }) => code)))).toEqual(new Set(['several-bills']));
  });

  it('pass without a person when their own QR codes say the same', () => {
    const reading = read([...bill(), ...near], [QR, 'CZ-EI-32,32060126,0019304460,9c81f3,20260409,486.20']);
    expect(reading.bills.map(({ decision }) => decision)).toEqual(['auto', 'auto']);
  });
});
