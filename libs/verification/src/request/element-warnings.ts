import { REGIONS, splitBillCode } from '@app/bills';
import type { Elements, ElementWarning } from '@app/contracts';

/** What is odd about elements although they are well formed: a bill code of an unknown region, or of another year than the bill's day. */
export function elementWarnings({ billCode, issueDate }: Pick<Elements, 'billCode' | 'issueDate'>): ElementWarning[] {
  const { regionPrefix, yearCode } = splitBillCode(billCode);
  const warnings: ElementWarning[] = [];
  if (!REGIONS.has(regionPrefix)) warnings.push(UNKNOWN_REGION);
  if (yearCode !== issueDate.slice(2, 4)) warnings.push(OTHER_YEAR);
  return warnings;
}

const UNKNOWN_REGION: ElementWarning = {
  code: 'code-region',
  message: { 'zh-CN': '票据代码前两位不是已知的行政区划', en: 'The first two digits of the bill code are of no known region' },
};
const OTHER_YEAR: ElementWarning = {
  code: 'code-year',
  message: { 'zh-CN': '票据代码的年度与开票日期不同', en: 'The bill code is of another year than the issue date' },
};
