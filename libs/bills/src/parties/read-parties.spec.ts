import { bill, line, page, replaced } from '../../../../test/support/printed-page';
import type { EvidenceLine } from '../evidence';
import { readBills } from '../read-bills';

const TODAY = '2026-11-22';

/** Free height under the head, for the parties' blocks. */
const ROOM = 520;

/** A bill whose rows begin lower, with nobody named on it, and these lines in between. */
function withBlocks(blocks: EvidenceLine[], title: string, billCode: string): EvidenceLine[] {
  const named = /^(交款人|收款人|复核人)/u;
  const lowered = bill({ title, billCode })
    .filter(({ text }) => !named.test(text))
    .map((each) => ((each.quad[0]?.[1] ?? 0) < 270 ? each : { ...each, quad: each.quad.map(([x = 0, y = 0]) => [x, y + ROOM]) }));
  return [...lowered, ...blocks];
}

const slip = (...blocks: EvidenceLine[]) => withBlocks(blocks, '江苏省非税收入一般缴款书（电子）', '32030126');
const readingOf = (lines: EvidenceLine[]) => readBills({ pages: [page(lines)], today: TODAY }).bills[0]!;
const PARTY_FIELDS = ['payer', 'payerAccount', 'payerBank', 'payeeAccountName', 'payeeAccount', 'payeeBank', 'cashier'] as const;
const partiesOf = (lines: EvidenceLine[]) => {
  const { fields } = readingOf(lines);
  return Object.fromEntries(PARTY_FIELDS.flatMap((name) => (fields[name] ? [[name, fields[name].value]] : [])));
};

const PAYER = { payer: '青山贸易有限公司', payerAccount: '6222020012345678', payerBank: '建行城南支行' };
const PAYEE = { payeeAccountName: '虹桥镇财政所', payeeAccount: '320100045566', payeeBank: '农行虹桥分理处' };
const BOTH = { ...PAYER, ...PAYEE };
const [LEFT, RIGHT, TOP, STEP] = [200, 1050, 290, 60];

type Labels = [name: string, account: string, bank: string];
const PLAIN: Labels = ['全称', '账号', '开户行'];

/** Labels and values in boxes of their own, one row below the other. */
function cells(values: string[], x: number, y: number, labels: Labels = PLAIN): EvidenceLine[] {
  return values.flatMap((value, i) => [line(labels[i] ?? '', x, y + i * STEP), line(value, x + 180, y + i * STEP)]);
}

/** Label and value in one box. */
function pairs(values: string[], x: number, y: number, labels: Labels = PLAIN): EvidenceLine[] {
  return values.map((value, i) => line(`${labels[i] ?? ''}：${value}`, x, y + i * STEP));
}

const [payer, payee] = [Object.values(PAYER), Object.values(PAYEE)];
const SPACED: Labels = ['全 称', '账 号', '开户银行'];

/** A heading whose letters stand one below the other, each in a row of the block. */
const downwards = (word: string, x: number, y = TOP, step = STEP) => Array.from(word, (letter, i) => line(letter, x, y + i * step));

/** A heading in one box that is higher than wide. */
function tall(word: string, x: number, y: number): EvidenceLine {
  const printed = line(word, x, y);
  return {
    ...printed,
    quad: [
      [x, y],
      [x + 30, y],
      [x + 30, y + 120],
      [x, y + 120],
    ],
    chars: printed.chars.map((char) => ({ ...char, x: 15 })),
  };
}

const LAYOUTS: [string, EvidenceLine[]][] = [
  [
    'a table side by side, its headings in the middle row',
    [line('付款人', 60, TOP + STEP), ...cells(payer, LEFT, TOP), line('收款人', 900, TOP + STEP), ...cells(payee, RIGHT, TOP)],
  ],
  [
    'a table side by side, its headings above',
    [line('付款人', LEFT + 100, TOP - 50), line('收款人', RIGHT + 100, TOP - 50), ...cells(payer, LEFT, TOP), ...cells(payee, RIGHT, TOP)],
  ],
  [
    'headings whose letters stand one below the other in the rows of the block',
    [...downwards('付款人', 100), ...cells(payer, LEFT, TOP), ...downwards('收款人', 900), ...cells(payee, RIGHT, TOP)],
  ],
  [
    'headings whose letters stand close to one another between the rows',
    [
      ...downwards('付款人', 100, TOP + 20, 36),
      ...cells(payer, LEFT, TOP),
      ...downwards('收款人', 900, TOP + 20, 36),
      ...cells(payee, RIGHT, TOP),
    ],
  ],
  [
    'headings downwards in one box',
    [tall('付款人', 100, TOP + 15), ...cells(payer, LEFT, TOP), tall('收款人', 900, TOP + 15), ...cells(payee, RIGHT, TOP)],
  ],
  [
    'spaced labels, with the other word for the bank',
    [
      line('付 款 人', 40, TOP + STEP),
      ...cells(payer, LEFT, TOP, SPACED),
      line('收 款 人', 880, TOP + STEP),
      ...cells(payee, RIGHT, TOP, SPACED),
    ],
  ],
  [
    'labels that share a box with their values',
    [line('付款人', 60, TOP + STEP), ...pairs(payer, LEFT, TOP), line('收款人', 900, TOP + STEP), ...pairs(payee, RIGHT, TOP)],
  ],
  [
    'blocks one below the other under their headings',
    [line('付款人：', 60, TOP), ...pairs(payer, 60, TOP + 45), line('收款人：', 60, TOP + 220), ...pairs(payee, 60, TOP + 265)],
  ],
  [
    'blocks one below the other beside their headings',
    [line('付款人', 60, TOP + 20), ...cells(payer, LEFT, TOP - 40), line('收款人', 60, TOP + 200), ...cells(payee, LEFT, TOP + 140)],
  ],
  [
    'a row for each party',
    (
      [
        ['付款人', payer],
        ['收款人', payee],
      ] as const
    ).flatMap(([word, values], i) => [
      line(word, 60, TOP + i * STEP),
      ...values.map((value, k) => line(`${PLAIN[k]}：${value}`, LEFT + k * 520, TOP + i * STEP)),
    ]),
  ],
  [
    'the party in each label',
    [
      ...pairs(payer, 60, TOP, ['付款人全称', '付款人账号', '付款人开户行']),
      ...pairs(payee, 900, TOP, ['收款人全称', '收款人账号', '收款人开户行']),
    ],
  ],
  [
    'rows that were read as one box each',
    payer.map((value, i) => line(`付款人${PLAIN[i]}：${value} 收款人${PLAIN[i]}：${payee[i]}`, 60, TOP + i * STEP)),
  ],
];

describe('the parties of a payment slip', () => {
  it.each(LAYOUTS)('are told apart in %s', (_, blocks) => {
    expect(readingOf(slip(...blocks)).kind).toBe('non-tax-payment');
    expect(partiesOf(slip(...blocks))).toEqual(BOTH);
  });

  it.each(LAYOUTS)('are told apart askew, in %s', (_, blocks) => {
    const tilt = 0.03;
    const turn = ([x = 0, y = 0]: number[]) => [x * Math.cos(tilt) - y * Math.sin(tilt), x * Math.sin(tilt) + y * Math.cos(tilt)];
    expect(partiesOf(slip(...blocks).map((each) => ({ ...each, quad: each.quad.map(turn) })))).toEqual(BOTH);
  });

  it.each(LAYOUTS)('decide nothing and give no reason, in %s', (_, blocks) => {
    const { decision, reasons } = readingOf(slip(...blocks));
    const without = readingOf(slip());
    expect({ decision, reasons }).toEqual({ decision: without.decision, reasons: without.reasons });
  });

  it('keep what is empty empty', () => {
    const empty = cells(['', payer[1]!, ''], LEFT, TOP).filter(({ text }) => text !== '');
    const blocks = [line('付款人', 60, TOP + STEP), ...empty, line('收款人', 900, TOP + STEP), ...cells(payee, RIGHT, TOP)];
    expect(partiesOf(slip(...blocks))).toEqual({ payerAccount: PAYER.payerAccount, ...PAYEE });
  });
});

describe('a detail that may be either party’s is no one’s', () => {
  it.each<[string, EvidenceLine[], object]>([
    ['no heading', [...cells(payer, LEFT, TOP), ...cells(payee, RIGHT, TOP)], {}],
    ['only the payer’s heading', [line('付款人', 60, TOP + STEP), ...cells(payer, LEFT, TOP), ...cells(payee, RIGHT, TOP)], PAYER],
    ['only the payee’s heading', [...cells(payer, LEFT, TOP), line('收款人', 900, TOP + STEP), ...cells(payee, RIGHT, TOP)], PAYEE],
    [
      'both headings over one block',
      [line('付款人', LEFT, TOP - 50), line('收款人', LEFT + 300, TOP - 50), ...cells(payer, LEFT, TOP)],
      {},
    ],
    [
      'two blocks of the payer that differ',
      [line('付款人', 60, TOP - 20), ...cells(payer, LEFT, TOP - 80), line('付款人', 60, TOP + 180), ...cells(payee, LEFT, TOP + 120)],
      {},
    ],
    ['two details in one', [line('付款人', 60, TOP), line('开户行及账号', LEFT, TOP), line('建行 62220200123456', LEFT + 250, TOP)], {}],
    [
      'a label that was misread',
      [line('付款人', 60, TOP), line('全杯', LEFT, TOP), line('青山', LEFT + 180, TOP), line('账号', LEFT, TOP + STEP)],
      {},
    ],
  ])('%s', (_, blocks, expected) => expect(partiesOf(slip(...blocks))).toEqual(expected));
});

describe('a page made to keep its reader busy', () => {
  it('has no parties', () => {
    const many = [...Array(20).keys()].flatMap((i) => [line('付款人', 60, TOP + i * 400), ...cells(payer, LEFT, TOP + i * 400)]);
    expect(partiesOf(slip(...many.slice(0, 7 * 3)))).toEqual(PAYER);
    expect(partiesOf(slip(...many, line('账号', LEFT, TOP + 9000)))).toEqual({});
  });
});

describe('an account', () => {
  const accountOf = (printed: string) =>
    readingOf(slip(line('付款人', 60, TOP), line('账号', LEFT, TOP), line(printed, LEFT + 180, TOP))).fields.payerAccount;

  it.each([
    ['6222 0200 1234 5678', '6222020012345678'],
    ['6222-0200-1234-5678', '6222020012345678'],
    ['6222********5678', '6222********5678'],
    ['６２２２０２００', '62220200'],
    ['1'.repeat(32), '1'.repeat(32)],
  ])('printed as %s', (printed, value) => expect(accountOf(printed)).toMatchObject({ value, raw: printed }));

  it.each(['6222020', '1'.repeat(33), '62220200AB123456', '现金缴款'])('is not %s', (printed) =>
    expect(accountOf(printed)).toBeUndefined(),
  );
});

describe('收款人', () => {
  const footer = line('收款人：周敏', 1300, 700 + ROOM);
  const headed = [line('收款人', 900, TOP + STEP), ...cells(payee, RIGHT, TOP)];

  it('is the account holder on a payment slip', () => {
    expect(partiesOf(slip(footer))).toEqual({ payeeAccountName: '周敏' });
    expect(partiesOf(slip(footer, ...headed))).toEqual(PAYEE);
  });

  it('is the cashier on any other bill, whatever is printed like a block', () => {
    const other = withBlocks([footer, ...headed], '江苏省非税收入统一票据（电子）', '32010126');
    expect(partiesOf(other)).toEqual({ cashier: '周敏' });
  });
});

describe('what else a payment slip has', () => {
  it('is read with its labels', () => {
    const { fields } = readingOf(
      slip(
        line('缴款码：32000026001234567890', 50, TOP),
        line('执收单位编码：013001', 50, TOP + STEP),
        line('执收单位名称：虹桥镇人民政府', 900, TOP + STEP),
        line('经办人：80138', 50, TOP + 2 * STEP),
      ).filter(({ text }) => !text.startsWith('收款单位')),
    );
    expect(fields).toMatchObject({
      payCode: { value: '32000026001234567890' },
      payeeCode: { value: '013001' },
      payee: { value: '虹桥镇人民政府' },
      operator: { value: '80138' },
    });
  });

  it('may be 缴款码 among the other information, where it stays too', () => {
    const lines = replaced(slip(), '业务流水号', () => [line('业务流水号：90210044 缴款码：3200002600', 220, 590 + ROOM)]);
    const { fields, otherInfo } = readingOf(lines);
    expect(fields.payCode?.value).toBe('3200002600');
    expect(otherInfo.map(({ en, value }) => [en, value])).toEqual([
      ['businessSerialNumber', '90210044'],
      ['payCode', '3200002600'],
    ]);
  });
});

describe('a court bill', () => {
  const court = (...people: EvidenceLine[]) =>
    replaced(bill({ title: '江苏省人民法院诉讼收费专用票据（电子）' }), '交款人：', () => people);

  it.each([
    ['beside the payer', [line('交款人：林晓青', 50, 220), line('代交款人：郑大海', 500, 220)]],
    ['before the payer', [line('代交款人：郑大海', 50, 220), line('交款人：林晓青', 500, 220)]],
    ['in one box with the payer', [line('交款人：林晓青 代交款人：郑大海', 50, 220)]],
    ['under another name', [line('交款人：林晓青', 50, 220), line('代缴款人：郑大海', 500, 220)]],
  ])('names the agent %s', (_, people) => {
    const { kind, fields } = readingOf(court(...people));
    expect(kind).toBe('court-fee');
    expect([fields.payer?.value, fields.payerAgent?.value]).toEqual(['林晓青', '郑大海']);
    expect(fields.payer?.alternatives).toEqual([]);
  });

  it('does not make the agent the payer where the payer is not named, nor the other way round', () => {
    const agent = readingOf(court(line('交款人：', 50, 220), line('代交款人：郑大海', 500, 220))).fields;
    expect([agent.payer, agent.payerAgent?.value]).toEqual([undefined, '郑大海']);
    const payer = readingOf(court(line('代交款人：', 50, 220), line('交款人：林晓青', 500, 220))).fields;
    expect([payer.payer?.value, payer.payerAgent]).toEqual(['林晓青', undefined]);
  });
});

describe('an ordinary bill', () => {
  it('is read as if there were no payment slips', () => {
    const { fields } = readingOf(bill());
    expect(Object.keys(fields).sort()).toEqual(
      [
        ...['billCode', 'billNumber', 'cashier', 'checkCode', 'issueDate', 'payee', 'payer', 'payerCreditCode'],
        ...['reviewer', 'title', 'totalAmount', 'totalAmountInWords'],
      ].sort(),
    );
    expect([fields.cashier?.value, fields.payer?.value, fields.payee?.value]).toEqual(['周敏', '林晓青', '虹桥镇卫生院']);
  });
});
