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
});
