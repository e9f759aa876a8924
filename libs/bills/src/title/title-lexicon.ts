import type { BillKind } from '@app/contracts';

/** What a title says after its province, the kind it means, and the 分类 digits its codes carry ('' where none is known). */
export interface TitlePhrase {
  text: string;
  kind: BillKind;
  classCode: string;
}

/** Closed set of title phrases; official wording first, variants that are printed after it. */
export const TITLE_PHRASES: readonly TitlePhrase[] = [
  phrase('医疗门诊收费票据', 'medical-outpatient', '06'),
  phrase('医疗门(急)诊收费票据', 'medical-outpatient', '06'),
  phrase('医疗住院收费票据', 'medical-inpatient', '06'),
  phrase('非税收入统一票据', 'non-tax', '01'),
  phrase('非税收入通用票据', 'non-tax', '01'),
  phrase('非税收入专用票据', 'non-tax', '02'),
  phrase('非税收入一般缴款书', 'non-tax-payment', '03'),
  phrase('资金往来结算票据', 'settlement', '04'),
  phrase('公益事业捐赠统一票据', 'donation', '05'),
  phrase('公益事业捐款统一票据', 'donation', '05'),
  phrase('公益事业捐赠票据', 'donation', '05'),
  phrase('社会团体会费统一票据', 'membership-fee', '07'),
  phrase('社会团体会费票据', 'membership-fee', '07'),
  phrase('社会保险基金统一收据', 'social-insurance', '08'),
  phrase('社会保险基金票据', 'social-insurance', '08'),
  phrase('工会经费收入专用收据', 'union-fee', '09'),
  phrase('工会经费收入票据', 'union-fee', '09'),
  phrase('人民法院诉讼收费专用票据', 'court-fee', ''),
  phrase('人民法院诉讼费专用票据', 'court-fee', ''),
  phrase('罚款统一收据', 'other', ''),
  phrase('住宅专项维修资金专用票据', 'other', ''),
  phrase('通行费财政电子票据', 'other', ''),
];

function phrase(text: string, kind: BillKind, classCode: string): TitlePhrase {
  return { text, kind, classCode };
}

/** The kind that the 分类 digits of a bill code mean; medical needs the title or a label to tell outpatient from inpatient. */
export const KIND_OF_CLASS: ReadonlyMap<string, BillKind> = new Map([
  ['01', 'non-tax'],
  ['02', 'non-tax'],
  ['03', 'non-tax-payment'],
  ['04', 'settlement'],
  ['05', 'donation'],
  ['07', 'membership-fee'],
  ['08', 'social-insurance'],
  ['09', 'union-fee'],
  ['99', 'other'],
]);
