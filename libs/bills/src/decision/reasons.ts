import type { FieldName, LocalizedText, Reason } from '@app/contracts';

const FIELD_NAMES: Record<FieldName, LocalizedText> = {
  billCode: { 'zh-CN': '票据代码', en: 'bill code' },
  billNumber: { 'zh-CN': '票据号码', en: 'bill number' },
  checkCode: { 'zh-CN': '校验码', en: 'check code' },
  issueDate: { 'zh-CN': '开票日期', en: 'issue date' },
  totalAmount: { 'zh-CN': '金额合计（小写）', en: 'total amount' },
  title: { 'zh-CN': '票据名称', en: 'title' },
  totalAmountInWords: { 'zh-CN': '金额合计（大写）', en: 'amount in words' },
  payer: { 'zh-CN': '交款人', en: 'payer' },
  payerCreditCode: { 'zh-CN': '交款人统一社会信用代码', en: "payer's credit code" },
  payee: { 'zh-CN': '收款单位', en: 'payee' },
  reviewer: { 'zh-CN': '复核人', en: 'reviewer' },
  cashier: { 'zh-CN': '收款人', en: 'cashier' },
  payerAgent: { 'zh-CN': '代交款人', en: "payer's agent" },
  payerAccount: { 'zh-CN': '付款人账号', en: "payer's account" },
  payerBank: { 'zh-CN': '付款人开户行', en: "payer's bank" },
  payeeCode: { 'zh-CN': '执收单位编码', en: "payee's code" },
  payeeAccountName: { 'zh-CN': '收款人全称', en: "payee's account name" },
  payeeAccount: { 'zh-CN': '收款人账号', en: "payee's account" },
  payeeBank: { 'zh-CN': '收款人开户行', en: "payee's bank" },
  operator: { 'zh-CN': '经办人', en: 'operator' },
  payCode: { 'zh-CN': '缴款码', en: 'payment code' },
};

/**
 * Every reason by its stable code. `blocks` sends the bill to a person; the others are only worth knowing.
 * `{field}` stands for the field's name.
 */
const REASONS = {
  'element-missing': entry(true, '未找到{field}', 'The {field} was not found'),
  'element-shape': entry(
    true,
    '{field}的位数或格式不正确，请对照原件填写',
    'The {field} does not have the right form; compare it with the document',
  ),
  'element-low-confidence': entry(
    true,
    '{field}有字符不清晰，请对照原件确认',
    'A character of the {field} is unclear; compare it with the document',
  ),
  'element-look-alike': entry(
    true,
    '{field}中有易混淆字符（如 0/o、1/l、b/6），请逐位核对',
    'The {field} has a character that is easily mistaken (such as 0/o, 1/l, b/6); check it one by one',
  ),
  'element-repaired': entry(
    true,
    '{field}中有字符按易混淆的另一字符处理（如 o 作 0），请核对',
    'A character of the {field} was taken for the one it looks like (such as o for 0); check it',
  ),
  'element-ambiguous': entry(
    true,
    '{field}出现了不同的值，请选择正确的一个',
    'Different values stand for the {field}; choose the right one',
  ),
  'element-unconfirmed': entry(true, '{field}没有其他内容可以佐证，请核对', 'Nothing else on the bill confirms the {field}; check it'),
  'element-from-code-only': entry(
    true,
    '{field}只从二维码得到，票面未识别到，请核对',
    'The {field} was found only in the QR code, not in the print; check it',
  ),
  'qr-disagrees': entry(
    true,
    '{field}与二维码内容不一致，请核对是否被改动',
    'The {field} differs from the QR code; check whether it was altered',
  ),
  'sources-disagree': entry(
    true,
    '文件内嵌数据与版面上的{field}不一致，请核对是否被改动',
    'The {field} in the attached data differs from the page; check whether it was altered',
  ),
  'amount-words-disagree': entry(true, '大写金额与小写金额不一致', 'The amount in words differs from the amount in figures'),
  'amount-words-unreadable': entry(false, '大写金额未能完整识别', 'The amount in words could not be read completely'),
  'item-sum-disagrees': entry(true, '项目金额之和与合计金额不一致', 'The items do not add up to the total'),
  'code-year-disagrees': entry(true, '票据代码中的年度与开票日期不一致', "The bill code's year differs from the issue date"),
  'code-region-disagrees': entry(
    true,
    '票据代码中的区划与票据名称、票据标识或二维码不一致',
    "The bill code's region differs from the title, the bill's tag or the QR code",
  ),
  'code-class-disagrees': entry(true, '票据代码中的分类与票据名称不一致', "The bill code's class differs from the title"),
  'signature-altered': entry(
    true,
    '电子签名与文件内容不符，文件在签名后可能被改动，请核对',
    'An electronic signature does not fit the content: the document may have been altered after it was signed; check it',
  ),
  'signature-untrusted': entry(
    false,
    '电子签名与内容相符，但签名者的证书不在已安装的受信任根之下，真伪以查验结果为准',
    'The electronic signature fits the content, but its signer is under none of the installed roots; only verification tells whether it is genuine',
  ),
  'signature-not-checked': entry(
    false,
    '电子签名未能校验，真伪以查验结果为准',
    'The electronic signature could not be checked; only verification tells whether the bill is genuine',
  ),
  'not-signed': entry(
    false,
    '内容取自 XML 文件，文件没有电子签名，真伪以查验结果为准',
    'The values are those of an XML file without a signature; only verification tells whether they are genuine',
  ),
  'date-in-future': entry(true, '开票日期晚于今天', 'The issue date is after today'),
  'date-too-old': entry(true, '开票日期早于财政电子票据启用时间', 'The issue date is before fiscal e-bills were introduced'),
  'credit-code-check': entry(false, '统一社会信用代码的校验位不符', 'The check character of the credit code does not fit'),
  'kind-unknown': entry(false, '未能确定票据种类', 'The kind of bill could not be told'),
  'several-bills': entry(
    true,
    '同一页上有多张票据，请核对各项内容属于哪一张',
    'There are several bills on the page; check which values belong to which',
  ),
  'marked-as-sample': entry(true, '页面上有“样票”“预览”或“作废”字样', 'The page is marked as a sample, a preview or void'),
} as const;

/** A reason's stable code. */
export type ReasonCode = keyof typeof REASONS;

/** Every reason's code. */
export const REASON_CODES = Object.keys(REASONS) as readonly ReasonCode[];

/** The reason in words a clerk understands, for a field or for the whole bill. */
export function reason(code: ReasonCode, field: FieldName | null = null): Reason {
  const { message } = REASONS[code];
  const name = field === null ? null : FIELD_NAMES[field];
  const fill = (language: keyof LocalizedText) => message[language].replaceAll('{field}', name?.[language] ?? '');
  return { code, field, message: { 'zh-CN': fill('zh-CN'), en: fill('en') } };
}

/** Whether a reason sends its bill to a person. */
export function blocks(code: string): boolean {
  return !(code in REASONS) || REASONS[code as ReasonCode].blocks;
}

function entry(blocking: boolean, zh: string, en: string): { blocks: boolean; message: LocalizedText } {
  return { blocks: blocking, message: { 'zh-CN': zh, en } };
}
