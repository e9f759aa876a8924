import { bill, line, page, replaced } from '../../../../test/support/printed-page';
import type { EvidenceLine } from '../evidence';
import { readBills } from '../read-bills';

const infoOf = (...block: EvidenceLine[]) => {
  const lines = replaced(bill(), '业务流水号', () => block);
  return readBills({ pages: [page(lines)], today: '2026-11-22' }).bills[0]!.otherInfo;
};

describe('其他信息', () => {
  it('gives every pair in printed order, known labels with their identifier', () => {
    expect(
      infoOf(line('业务流水号：90210044 就诊日期：20260408 11:09:01', 220, 590), line('医保统筹基金支付：0.00 陪护天数：3', 60, 630)),
    ).toEqual([
      { cn: '业务流水号', en: 'businessSerialNumber', value: '90210044' },
      { cn: '就诊日期', en: 'medicalDate', value: '20260408 11:09:01' },
      { cn: '医保统筹基金支付', en: 'fundPayAmount', value: '0.00' },
      { cn: '陪护天数', en: '', value: '3' },
    ]);
  });

  it('tells pairs apart that run together, and keeps empty values', () => {
    expect(infoOf(line('门诊号：5512性别：女医保类型：', 220, 590))).toEqual([
      { cn: '门诊号', en: 'patientNumber', value: '5512' },
      { cn: '性别', en: 'gender', value: '女' },
      { cn: '医保类型', en: 'medicalInsuranceType', value: '' },
    ]);
  });

  it('knows a label that lost its first character, where only one is like that', () => {
    expect(infoOf(line('诊号：5512 人自费：0.00 天数：3', 220, 590)).map(({ cn, en }) => [cn, en])).toEqual([
      ['门诊号', 'patientNumber'],
      ['个人自费', 'selfPaymentCost'],
      ['天数', ''],
    ]);
  });

  it('knows labels whose colon was lost, but not inside a value', () => {
    const values = infoOf(
      line('医保统筹基金支付：4543.77其他支付0.00医疗机构类型综合医院', 220, 590),
      line('备注：含个人自付 缴费日期. 2026-05-03', 60, 630),
    );
    expect(values.map(({ cn, value }) => [cn, value])).toEqual([
      ['医保统筹基金支付', '4543.77'],
      ['其他支付', '0.00'],
      ['医疗机构类型', '综合医院'],
      ['备注', '含个人自付'],
      ['缴费日期', '2026-05-03'],
    ]);
  });

  it('is found without its heading', () => {
    const lines = replaced(bill(), '其他信息', () => []);
    const [reading] = readBills({ pages: [page(lines)], today: '2026-11-22' }).bills;
    expect(reading?.otherInfo.map(({ cn }) => cn)).toEqual(['业务流水号', '门诊号', '就诊日期']);
  });

  it('ends within a row whose end belongs to what follows', () => {
    expect(infoOf(line('业务流水号：90210044', 220, 590), line('复核人：80138', 1100, 590), line('门诊号：5512', 60, 630))).toEqual([
      { cn: '业务流水号', en: 'businessSerialNumber', value: '90210044' },
    ]);
  });

  it('takes print once that two overlapping boxes repeat', () => {
    const first = line('业务流水号：90210044', 220, 590);
    const again = line('210044就诊日期：20260408', 220 + 6 * 30 + 2 * 15, 592);
    expect(infoOf(first, again).map(({ cn, value }) => [cn, value])).toEqual([
      ['业务流水号', '90210044'],
      ['就诊日期', '20260408'],
    ]);
  });
});
