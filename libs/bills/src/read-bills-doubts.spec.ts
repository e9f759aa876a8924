import { bill, doubtful, line, replaced, type BillText } from '../../../test/support/printed-page';
import { onlyBill, QR, reasonsOf, swapped } from '../../../test/support/read-lines';

describe('doubt', () => {
  it.each([
    ['票据号码', 8, 'element-low-confidence billNumber'],
    ['校验码', 5, 'element-low-confidence checkCode'],
    ['开票日期', 14, 'element-low-confidence issueDate'],
    ['票据代码', 9, 'element-low-confidence billCode'],
  ])('about one character of %s sends the bill to a person', (label, index, code) => {
    const lines = replaced(bill(), label, (found) => [doubtful(found, index, { confidence: 0.9 })]);
    expect(onlyBill(lines).decision).toBe('review');
    expect(reasonsOf(lines)).toEqual([code]);
  });

  it('is lifted by a QR code that says the same', () => {
    const lines = replaced(bill(), '校验码', (found) => [doubtful(found, 5, { confidence: 0.9 })]);
    expect(onlyBill(lines, [QR]).decision).toBe('auto');
  });

  it('arises from a rival reading of a check code character, not from its full-width twin', () => {
    const withRival = (text: string) =>
      replaced(bill(), '校验码', (found) => [doubtful(found, 5, { confidence: 0.99, alternatives: [{ text, confidence: 0.03 }] })]);
    expect(reasonsOf(withRival('6'))).toEqual(['element-look-alike checkCode']);
    expect(reasonsOf(withRival('ｄ'))).toEqual([]);
  });

  it.each(['5d0l27', '5do7ea', 'ffI0da', '5D07ea'])(
    'arises from a letter in %s that is drawn like a digit, and the letter is kept',
    (checkCode) => {
      const reading = onlyBill(bill({ checkCode }));
      expect(reading.elements.checkCode).toBe(checkCode);
      expect(reading.reasons.map(({ code }) => code)).toContain('element-look-alike');
      expect(reading.decision).toBe('review');
    },
  );

  it('arises where a look-alike digit is proposed, and both readings are kept', () => {
    const lines = replaced(bill({ checkCode: '5do7ea' }), '校验码', (found) => [
      doubtful(found, 6, { confidence: 0.8, alternatives: [{ text: '0', confidence: 0.2 }] }),
    ]);
    const reading = onlyBill(lines);
    expect(reading.fields.checkCode).toMatchObject({ value: '5d07ea', raw: '5do7ea', confidence: 0.2, alternatives: ['5do7ea'] });
    expect(reading.decision).toBe('review');
    expect(reasonsOf(lines)).toContain('element-repaired checkCode');
  });

  it('arises where the engine preferred the digit, as if it had not', () => {
    const lines = replaced(bill({ checkCode: '5do7ea' }), '校验码', (found) => [
      doubtful({ ...found, text: '校验码：5d07ea' }, 6, {
        confidence: 0.8,
        alternatives: [{ text: '0', confidence: 0.2 }],
        preferred: { text: '0', confidence: 0.2 },
      }),
    ]);
    expect(onlyBill(lines).fields.checkCode).toMatchObject({ value: '5d07ea', raw: '5do7ea', confidence: 0.2, alternatives: ['5do7ea'] });
    expect(reasonsOf(lines)).toContain('element-repaired checkCode');
    expect(onlyBill(lines).decision).toBe('review');
  });

  it('does not believe what the engine preferred where nothing speaks for it', () => {
    const lines = replaced(bill({ checkCode: 'qfomjx' }), '校验码', (found) => [
      doubtful(found, 6, { preferred: { text: '0', confidence: 0.9 } }),
    ]);
    expect(onlyBill(lines).elements.checkCode).toBe('qfomjx');
  });

  it.each([
    [{ issueDate: '2026=04-09' }, '开票日期', 9, '-', 'issueDate', '2026-04-09'],
    [{ figures: '486;20' }, '（小写）', 7, '.', 'totalAmount', '486.20'],
  ] as const)('arises where a mark of %j is taken for another', (changes, label, index, text, element, value) => {
    const lines = replaced(bill(changes), label, (found) => [
      doubtful(found, index, { confidence: 0.5, alternatives: [{ text, confidence: 0.4 }] }),
    ]);
    expect(onlyBill(lines).elements[element]).toBe(value);
    expect(reasonsOf(lines)).toContain(`element-low-confidence ${element}`);
    expect(onlyBill(lines).decision).toBe('review');
  });

  it('keeps a letter among letters, whatever digit it looks like', () => {
    const lines = replaced(bill({ checkCode: 'qfomjx' }), '校验码', (found) => [
      doubtful(found, 6, { confidence: 0.6, alternatives: [{ text: '0', confidence: 0.4 }] }),
    ]);
    expect(onlyBill(lines).elements.checkCode).toBe('qfomjx');
  });

  it('does not arise from other letters', () => expect(onlyBill(bill({ checkCode: 'qfmejx' })).decision).toBe('auto'));

  it('arises when a letter had to be taken for a digit', () => {
    const reading = onlyBill(bill({ billNumber: '0O193O4458' }));
    expect(reading.elements.billNumber).toBe('0019304458');
    expect(reading.fields.billNumber?.raw).toBe('0O193O4458');
    expect(reasonsOf(bill({ billNumber: '0O193O4458' }))).toEqual(['element-repaired billNumber']);
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
    expect(reasonsOf(bill(changes))).toContain(code);
    expect(onlyBill(bill(changes)).decision).toBe('review');
  });

  it.each([
    ['捌仟柒佰伍拾壹元玖角整', 9, '叁', { figures: '3751.90', rows: [] }],
    ['肆佰捌拾陆元贰角整', 9, '伍', { figures: '586.20', rows: [] }],
  ] as [string, number, string, Partial<BillText>][])(
    'are not repaired into agreement: %s stays, though the recogniser also considered what the figures say',
    (words, index, rival, changes) => {
      const lines = replaced(bill({ ...changes, words }), '金额合计', (found) => [
        doubtful(found, index, { confidence: 0.6, alternatives: [{ text: rival, confidence: 0.39 }] }),
      ]);
      expect(onlyBill(lines).fields.totalAmountInWords?.value).toBe(words);
      expect(reasonsOf(lines)).toContain('amount-words-disagree totalAmount');
    },
  );

  it('keeps the printed value and offers the QR code’s', () => {
    const reading = onlyBill(bill(), ['CZ-EI-32,32060126,0019304458,5d07ea,20260409,586.20']);
    expect(reading.decision).toBe('review');
    expect(reading.elements.totalAmount).toBe('486.20');
    expect(reading.fields.totalAmount).toMatchObject({ alternatives: ['586.20'], contradictedBy: ['qr'] });
  });

  it('two QR codes that disagree are no witnesses', () => {
    const other = 'CZ-EI-32,32060126,0019304458,5d07eb,20260409,486.20';
    expect(reasonsOf(bill(), [other, QR])).toEqual(['qr-disagrees checkCode']);
    expect(
      onlyBill(
        replaced(bill(), '校验码', () => []),
        [other, QR],
      ).elements.checkCode,
    ).toBeNull();
  });

  it('different values for one element are not decided by chance', () => {
    const lines = [...bill(), line('校验码：5d07eb', 1150, 900)];
    expect(reasonsOf(lines)).toContain('element-ambiguous checkCode');
  });

  it('bills of early January may carry the older year', () => {
    expect(onlyBill(bill({ issueDate: '2026-01-05', billCode: '32060125' })).decision).toBe('auto');
    expect(onlyBill(bill({ issueDate: '2026-02-05', billCode: '32060125' })).decision).toBe('review');
  });
});

describe('a payee', () => {
  it.each([
    ['虹桥镇第医院', '虹桥镇第一医院', 0.9],
    ['虹桥镇第二医院', '虹桥镇第二医院', 1],
    ['虹桥镇门第卫生院', '虹桥镇门第卫生院', 1],
  ])('whose numeral was lost is given the one that can be: %s', (payee, value, confidence) => {
    expect(onlyBill(bill({ payee })).fields.payee).toMatchObject({ value, confidence });
  });
});

describe('a failed credit code check', () => {
  it('is told without sending the bill to a person', () => {
    const reading = onlyBill(bill({ payerCreditCode: '91420100MA4K0X7T24' }));
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
    const { payerCreditCode } = onlyBill(swapped('交款人统一', unsure)).fields;
    const value = printed.endsWith('0021') ? '**************0021' : printed;
    expect(payerCreditCode).toMatchObject({ value, confidence });
  });

  it('is not held against a mask', () => expect(reasonsOf(bill({ payerCreditCode: '**************735X' }))).toEqual([]));
});
