/** What a printed label announces. Fields of a reading, and marks that only end the value before them. */
export type LabelRole =
  | 'billCode'
  | 'billNumber'
  | 'checkCode'
  | 'issueDate'
  | 'totalAmount'
  | 'totalAmountInWords'
  | 'payer'
  | 'payerCreditCode'
  | 'payee'
  | 'reviewer'
  | 'cashier'
  | 'payeeAccountName'
  | 'payerAgent'
  | 'payeeCode'
  | 'operator'
  | 'payCode'
  | 'otherInfo'
  | 'itemHeader'
  | 'info'
  | 'mark';

/** A label folded for matching, its role, and for labels that stand in 其他信息 the identifier that goes into `otherInfo[].en`. */
export interface Label {
  text: string;
  role: LabelRole;
  en: string;
}

const FIELDS: Partial<Record<LabelRole, string[]>> = {
  billCode: ['票据代码', '发票代码'],
  billNumber: ['票据号码', '发票号码', '票号'],
  checkCode: ['票据校验码', '校验码'],
  issueDate: ['开票日期', '填制日期', '开具日期'],
  totalAmount: [...bracketed('小写', ['金额合计', '合计', '']), '小写', '金额合计', '合计'],
  totalAmountInWords: [...bracketed('大写', ['金额合计', '合计金额', '合计', '']), '大写'],
  payerCreditCode: ['交款人统一社会信用代码', '缴款人统一社会信用代码', '付款人统一社会信用代码', '统一社会信用代码', '纳税人识别号'],
  payerAgent: ['代交款人', '代缴款人'],
  payer: ['交款人', '缴款人', '付款人'],
  payee: ['收款单位', '开票单位', '执收单位名称', '执收单位'],
  payeeCode: ['执收单位编码', '收款单位编码'],
  reviewer: ['复核人', '审核人', '复核', '审核'],
  cashier: ['收款人', '开票人'],
  operator: ['经办人'],
  otherInfo: ['其他信息'],
  itemHeader: ['项目编码', '项目编号', '项目名称'],
  mark: ['开户行', '账号', '真伪查验'],
};

const INFO: Record<string, string> = {
  就诊日期: 'medicalDate',
  门诊号: 'patientNumber',
  病历号: 'caseNumber',
  住院号: 'hospitalizationNumber',
  住院科别: 'departmentName',
  科别: 'departmentName',
  住院时间: 'inHospitalDate',
  医疗机构类型: 'orgType',
  医保类型: 'medicalInsuranceType',
  医保编号: 'medicalInsuranceId',
  性别: 'gender',
  支付方式: 'payMode',
  业务流水号: 'businessSerialNumber',
  医保统筹基金支付: 'fundPayAmount',
  其他支付: 'otherPayAmount',
  个人账户支付: 'accountPayAmount',
  个人现金支付: 'ownPayAmount',
  个人自付: 'selfPaymentAmount',
  个人自费: 'selfPaymentCost',
  预缴金额: 'prepayAmount',
  补缴金额: 'rechargeAmount',
  退费金额: 'refundAmount',
  大病保险支付: 'seriousIllnessPayAmount',
  其他保险支付: 'otherInsurancePayAmount',
  医疗救助支付: 'medicalAidPayAmount',
  个人账户余额: 'accountBalance',
  申请号: 'applicationNumber',
  缴费日期: 'paymentDate',
  缴费方式: 'payMode',
  订单号: 'orderNumber',
  缴款码: 'payCode',
  币种: 'currency',
  备注: 'remark',
};

/** Thin brackets get lost in reading, so either one may be missing. */
function bracketed(word: string, befores: string[]): string[] {
  return befores.flatMap((before) => [`${before}(${word})`, `${before}(${word}`, `${before}${word})`]);
}

/** Every known label, longest first, so that 交款人统一社会信用代码 is tried before 交款人. */
export const LABELS: readonly Label[] = [
  ...Object.entries(FIELDS).flatMap(([role, texts]) => texts.map((text) => ({ text, role: role as LabelRole, en: '' }))),
  ...Object.entries(INFO).map(([text, en]) => ({ text, role: en === 'payCode' ? ('payCode' as const) : ('info' as const), en })),
].sort((a, b) => b.text.length - a.text.length);

/** Whether a label may stand in 其他信息. */
export function isInfo({ en }: Label): boolean {
  return en !== '';
}

/** The label that is exactly this folded text. */
export function labelOf(text: string): Label | undefined {
  return LABELS.find((label) => label.text === text);
}
