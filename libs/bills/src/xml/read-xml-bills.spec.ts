import { Reading } from '@app/contracts';
import { readXml } from '@app/documents';
import { billXml, SAMPLE_KINDS, sampleBill } from '@app/samples';
import { bill, page } from '../../../../test/support/printed-page';
import { readBills } from '../read-bills';

const TODAY = '2026-11-22';
const SAMPLE = { ...sampleBill(7, { kind: 'medical-outpatient', today: TODAY }), title: '江苏省医疗门诊收费票据（电子）' };
const BILL = {
  ...SAMPLE,
  region: { prefix: '32', name: '江苏省' },
  elements: { billCode: '32060126', billNumber: '0019304458', checkCode: 'O0l1eQ', issueDate: '2026-04-09', totalAmount: '486.20' },
  items: [
    { ...SAMPLE.items[0]!, itemName: '检查费', amount: '300.00' },
    { ...SAMPLE.items[0]!, itemName: '化验费', amount: '186.20' },
  ],
};
const XML = billXml(BILL);

const read = (xml: string) => readBills({ pages: [], xml: [readXml(Buffer.from(xml))], today: TODAY });
const only = (xml: string) => {
  const { bills } = read(xml);
  expect(bills).toHaveLength(1);
  return bills[0]!;
};
/** The XML of the bill with one thing replaced, which must be there. */
const swapped = (from: string | RegExp, to: string): string => {
  expect(XML).toMatch(from);
  return XML.replace(from, to);
};
const reasonsOf = (xml: string) => only(xml).reasons.map(({ code, field }) => (field === null ? code : `${code} ${field}`));

describe('a whole e-bill', () => {
  it('is read field by field from its XML and passes without a person', () => {
    const bill = only(XML);
    expect(bill.elements).toEqual(BILL.elements);
    expect(bill).toMatchObject({ kind: 'medical-outpatient', decision: 'auto', items: BILL.items, signatures: [], codes: [] });
    const { title, payer, payerCreditCode, payee, reviewer, cashier } = BILL;
    const faces = Object.fromEntries(Object.entries(bill.fields).map(([name, field]) => [name, field.value]));
    expect(faces).toEqual({ ...BILL.elements, title, payer, payerCreditCode, payee, reviewer, cashier });
    for (const field of Object.values(bill.fields)) expect(field).toMatchObject({ source: 'xml', quad: null, confidence: 1, page: 1 });
  });

  it('keeps what the file says beside its canonical form, and who agrees', () => {
    const { issueDate, totalAmount, billCode, checkCode } = only(XML).fields;
    expect(issueDate).toMatchObject({ value: '2026-04-09', raw: '20260409', confirmedBy: ['codeYear'] });
    expect(totalAmount).toMatchObject({ confirmedBy: ['rowSum'] });
    expect(billCode).toMatchObject({ confirmedBy: ['codeYear', 'codeRegion', 'tagRegion', 'codeClass'] });
    expect(checkCode).toMatchObject({ value: 'O0l1eQ', confirmedBy: [] });
  });

  it('says that its signature proves nothing yet', () => {
    expect(reasonsOf(XML)).toEqual(['not-signed']);
    const block = '<InvoicingPartySignature><SignatureTime>1</SignatureTime></InvoicingPartySignature>';
    const signed = swapped('</EInvoice>', `${block}</EInvoice>`);
    expect(only(signed).signatures).toMatchObject([{ kind: 'InvoicingPartySignature', state: 'notChecked', signatureValid: null }]);
    expect(reasonsOf(signed)).toEqual(['signature-not-checked']);
  });

  it.each(SAMPLE_KINDS)('of kind %s is told by its title, with a reading of the public shape', (kind) => {
    const reading = { ...read(billXml(sampleBill(3, { kind, today: TODAY }))), timings: {} };
    expect(Reading.parse(reading)).toEqual(reading);
    expect(reading).toMatchObject({ decision: 'auto', pages: [], bills: [{ kind }] });
  });
});

describe('a payment slip', () => {
  const office =
    '<InvoicingPartyCode>013001</InvoicingPartyCode><RecName>虹桥镇财政所</RecName><RecAcct>3201 0004-5566</RecAcct><RecOpBk>农行虹桥分理处</RecOpBk>';
  const holder = '<PayerAcct>6222********5678</PayerAcct><PayerOpBk>建行城南支行</PayerOpBk>';
  const slip = XML.replace(BILL.title, '江苏省非税收入一般缴款书（电子）')
    .replace('32060126', '32030126')
    .replace('</InvoicingPartyName>', `$&${office}`)
    .replace('</PayerPartyName>', `$&${holder}`)
    .replace('<MainExt>', '$&<PayCode>3200002600</PayCode>');

  it('names both parties, their accounts and banks, and what it is paid with', () => {
    const { kind, fields, decision } = only(slip);
    expect({ kind, decision }).toEqual({ kind: 'non-tax-payment', decision: 'auto' });
    const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]));
    expect(values).toMatchObject({
      payer: BILL.payer,
      payerAccount: '6222********5678',
      payerBank: '建行城南支行',
      payee: BILL.payee,
      payeeCode: '013001',
      payeeAccountName: '虹桥镇财政所',
      payeeAccount: '320100045566',
      payeeBank: '农行虹桥分理处',
      payCode: '3200002600',
    });
    expect(fields.payeeAccount?.raw).toBe('3201 0004-5566');
  });

  it('has its 缴款码 as a field wherever it stands, and no more among the other information', () => {
    expect(only(slip).otherInfo.map(({ en }) => en)).not.toContain('payCode');
    const inMain = slip.replace('<PayCode>3200002600</PayCode>', '').replace('<Checker>', '<PayCode>3200002600</PayCode>$&');
    expect(only(inMain).fields.payCode).toMatchObject({ value: '3200002600', alternatives: [] });
  });

  it('shows an account that can be none, and lets it decide nothing', () => {
    const { fields, decision } = only(slip.replace('3201 0004-5566', '现金'));
    expect(fields.payeeAccount).toMatchObject({ value: '现金', confidence: 0 });
    expect(decision).toBe('auto');
  });
});

describe('the form of an e-bill', () => {
  const face = (xml: string) => {
    const { elements, items, otherInfo, kind, decision } = only(xml);
    return { elements, items, otherInfo, kind, decision };
  };

  it('may carry prefixes, a wrapper, unknown elements and any case', () => {
    expect(face(XML.replace(/<(\/?)([A-Z])/gu, '<$1fp:$2'))).toEqual(face(XML));
    expect(face(`<archive><head>1</head>${XML.replace(/^<\?.*\?>/u, '')}</archive>`)).toEqual(face(XML));
    expect(face(swapped('<Main>', '<Unknown><RandomNumbers>9</RandomNumbers></Unknown><Main><New/>'))).toEqual(face(XML));
    expect(face(XML.replaceAll('EInvoice', 'Einvoice'))).toEqual(face(XML));
  });

  it('may have its elements in any order', () => {
    const [, code = ''] = /(<EInvoiceCode>.*<\/EInvoiceCode>)/u.exec(XML) ?? [];
    expect(face(swapped(code, '').replace('</Main>', `${code}</Main>`))).toEqual(face(XML));
    const [, details = ''] = /(<Details>[^]*<\/Details>)/u.exec(XML) ?? [];
    expect(face(swapped(details, '').replace('<EInvoiceData>', `<EInvoiceData>${details}`))).toEqual(face(XML));
  });

  it('may have detailed rows, which are no rows of the bill', () => {
    const aux = '<AuxDetails><AuxItem><AuxItemAmount>1.00</AuxItemAmount></AuxItem><Item><ItemAmount>1.00</ItemAmount></Item></AuxDetails>';
    expect(face(swapped('</EInvoiceData>', `${aux}</EInvoiceData>`))).toEqual(face(XML));
  });

  it('may hold several bills', () => {
    const body = XML.replace(/^<\?.*\?>/u, '');
    const { bills } = read(`<bills>${body}${body.replace('0019304458', '0019304459')}</bills>`);
    expect(bills.map(({ elements, decision }) => [elements.billNumber, decision])).toEqual([
      ['0019304458', 'auto'],
      ['0019304459', 'auto'],
    ]);
  });

  it.each([
    ['486.2', '486.20'],
    ['￥486.2000', '486.20'],
    ['486', '486.00'],
    ['1,486.20', '1486.20'],
  ])('may write the amount as %s', (written, value) => {
    expect(only(swapped('<TotalAmount>486.20', `<TotalAmount>${written.replace('￥', '¥')}`)).elements.totalAmount).toBe(value);
  });
});

describe('other information', () => {
  it('has its printed name where one is known, and else keeps the name of its element', () => {
    const ext =
      '<MainExt><medicalInsuranceID>77</medicalInsuranceID><selfpaymentAmount>1.00</selfpaymentAmount><inHospitalDate>20260401</inHospitalDate><localThing>x</localThing><empty/></MainExt>';
    const xml = XML.replace(/<MainExt>.*<\/MainExt>/u, `<BizCode>90210044</BizCode>${ext}<Remark>现金</Remark>`);
    expect(only(xml).otherInfo).toEqual([
      { cn: '业务流水号', en: 'businessSerialNumber', value: '90210044' },
      { cn: '医保编号', en: 'medicalInsuranceId', value: '77' },
      { cn: '个人自付', en: 'selfPaymentAmount', value: '1.00' },
      { cn: '入院日期', en: 'inHospitalDate', value: '20260401' },
      { cn: '', en: 'localThing', value: 'x' },
      { cn: '备注', en: 'remark', value: '现金' },
    ]);
  });

  it('is taken apart where the remark holds pairs', () => {
    const xml = XML.replace(/<MainExt>.*<\/MainExt>/u, '<Remark>申请号：315；缴费方式: 网上支付</Remark>');
    expect(only(xml).otherInfo).toEqual([
      { cn: '申请号', en: 'applicationNumber', value: '315' },
      { cn: '缴费方式', en: 'payMode', value: '网上支付' },
    ]);
  });
});

describe('an e-bill that contradicts itself or is not whole goes to a person', () => {
  it.each([
    ['rows that add up to something else', '<TotalAmount>486.20', '<TotalAmount>487.20', 'item-sum-disagrees totalAmount'],
    ['words of another amount', '<Checker>', '<Words>肆佰捌拾柒元贰角整</Words><Checker>', 'amount-words-disagree totalAmount'],
    ['a code of another year', '<IssueDate>2026', '<IssueDate>2025', 'code-year-disagrees issueDate'],
    ['a tag of another region', 'CZ-EI-32', 'CZ-EI-33', 'code-region-disagrees billCode'],
    ['a title of another class', '医疗门诊收费', '资金往来结算', 'code-class-disagrees billCode'],
    ['a day that is none', '<IssueDate>20260409', '<IssueDate>20260431', 'element-shape issueDate'],
    ['a day to come', '<IssueDate>20260409', '<IssueDate>20261123', 'date-in-future issueDate'],
    ['a number that is too short', '<EInvoiceNumber>00', '<EInvoiceNumber>', 'element-shape billNumber'],
    ['a negative amount', '<TotalAmount>', '<TotalAmount>-', 'element-shape totalAmount'],
    ['an amount with parts of a 分', '<TotalAmount>486.20', '<TotalAmount>486.205', 'element-shape totalAmount'],
    ['an empty check code', /<RandomNumber>.*<\/RandomNumber>/u, '<RandomNumber> </RandomNumber>', 'element-missing checkCode'],
    ['no check code', /<RandomNumber>.*<\/RandomNumber>/u, '', 'element-missing checkCode'],
    ['two check codes', '<RandomNumber>', '<RandomNumber>123456</RandomNumber><RandomNumber>', 'element-ambiguous checkCode'],
    ['a check code with an element in it', '<RandomNumber>O0', '<RandomNumber>O0<x/>', 'element-shape checkCode'],
    ['no rows', /<Details>[^]*<\/Details>/u, '', 'element-unconfirmed totalAmount'],
    ['a row without an amount', '<ItemAmount>300.00', '<ItemAmount>', 'element-unconfirmed totalAmount'],
  ])('%s', (_, from, to, code) => {
    const bill = only(swapped(from, to));
    expect(bill.decision).toBe('review');
    expect(reasonsOf(swapped(from, to))).toContain(code);
  });

  it('missing elements are null and have no field', () => {
    const bill = only(XML.replace(/<(RandomNumber|PayerPartyName|Checker)>.*?<\/\1>/gu, ''));
    expect(bill.elements.checkCode).toBeNull();
    expect(bill.fields).not.toHaveProperty('checkCode');
    expect(bill.fields).not.toHaveProperty('payer');
    expect(bill.fields).not.toHaveProperty('reviewer');
  });

  it('a credit code whose check character does not fit is told, and no more', () => {
    const bill = only(swapped(BILL.payerCreditCode, '91420100MA4K0X7T24'));
    expect(bill.reasons).toContainEqual(expect.objectContaining({ code: 'credit-code-check', field: 'payerCreditCode' }));
    expect(bill.decision).toBe('auto');
  });
});

describe('words that agree', () => {
  it('stand for the rows where those have no amounts', () => {
    const bill = only(
      XML.replace('<Checker>', '<AmountInWords>人民币肆佰捌拾陆圆贰角正</AmountInWords><Checker>').replace(/<Details>[^]*<\/Details>/u, ''),
    );
    expect(bill.fields.totalAmount?.confirmedBy).toEqual(['amountWords']);
    expect(bill.fields.totalAmountInWords).toMatchObject({ value: '人民币肆佰捌拾陆圆贰角正', source: 'xml' });
    expect(bill.decision).toBe('auto');
  });
});

describe('the kind of a bill whose title is not known', () => {
  it.each([
    ['32060126', '<patientNumber>5512</patientNumber>', 'medical-outpatient'],
    ['32060126', '<hospitalizationNumber>5512</hospitalizationNumber>', 'medical-inpatient'],
    ['32060126', '', 'other'],
    ['32050126', '', 'donation'],
  ])('comes from code %s and what it has beyond', (code, ext, kind) => {
    const xml = XML.replace(BILL.title, '某某凭证')
      .replace('32060126', code)
      .replace(/<MainExt>.*<\/MainExt>/u, `<MainExt>${ext}</MainExt>`);
    expect(only(xml)).toMatchObject({ kind, fields: { title: { value: '某某凭证' } } });
  });
});

describe('XML that is no fiscal bill is refused as what it is', () => {
  it.each([
    ['other-xml', '<Order><Buyer>某公司</Buyer><Total>88.00</Total></Order>'],
    ['other-xml', '<Order><SellerInformation/><Sum>1</Sum></Order>'],
    ['other-xml', '<EInvoice/>'],
    ['other-xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['digital-invoice', '<EInvoice><SellerInformation/><BuyerInformation/><EInvoiceNumber>2</EInvoiceNumber></EInvoice>'],
    ['tax-invoice', '<doc><name>增值税电子普通发票</name></doc>'],
    ['transport-ticket', '<doc><name>航空运输电子客票行程单</name></doc>'],
  ])('%s', (code, xml) => {
    const reading = read(xml);
    expect(reading).toMatchObject({ decision: 'refuse', refusal: { code }, bills: [], pages: [] });
    expect(Object.keys(reading.refusal?.message ?? {})).toEqual(['zh-CN', 'en']);
  });
});

describe('other information, given as data and as print', () => {
  const joinedInfo = (source: 'text' | 'ocr') => {
    const printed = { ...page(bill({ checkCode: 'O0l1eQ' })), source };
    const { bills } = readBills({ pages: [printed], xml: [readXml(Buffer.from(XML))], today: TODAY });
    return bills[0]?.otherInfo.map(({ cn, value }) => `${cn}=${value}`);
  };

  it('is as the file prints it, with the labels and in the order of the print', () => {
    expect(joinedInfo('text')).toEqual(['业务流水号=90210044', '门诊号=5512', '就诊日期=20260408']);
  });

  it('is as the data has it where the print was only recognised', () => {
    expect(joinedInfo('ocr')).toEqual(BILL.otherInfo.map(({ cn, value }) => `${cn}=${value}`));
  });
});
