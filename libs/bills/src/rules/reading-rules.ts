import type { LocalizedText, RuleSetView, RuleView } from '@app/contracts';
import { blocks, REASON_CODES, type ReasonCode } from '../decision/reasons';
import { READING_RULES_CHANGES, READING_RULES_VERSION } from './reading-rules-changes';

const TO_PERSON: LocalizedText = { 'zh-CN': '转人工复核，不自动查验', en: 'The bill goes to a person and is not verified by itself' };
const TOLD: LocalizedText = { 'zh-CN': '仅作提示，不影响判定', en: 'It is told and decides nothing' };

/** What each check asks, by the code of the reason that it gives; `since` is the version that brought it. */
const CHECKS: Readonly<Record<ReasonCode, Pick<RuleView, 'asks' | 'since'>>> = {
  'element-missing': check(1, '五要素是否都能在票面或数据中找到', 'Was each of the five elements found'),
  'element-shape': check(1, '要素的位数与格式是否正确', 'Does each element have the right form'),
  'element-low-confidence': check(
    1,
    '要素每个字符的识别把握是否足够（单独 0.98，有独立佐证 0.60）',
    'Is each character of an element sure enough (0.98 alone, 0.60 with an independent witness)',
  ),
  'element-look-alike': check(
    1,
    '没有佐证的要素中是否有易混淆字符（如 0/o、1/l、b/6）',
    'Is there a character that is easily mistaken in an element that nothing confirms',
  ),
  'element-repaired': check(
    1,
    '是否有字符按易混淆的另一字符处理且没有佐证',
    'Was a character taken for the one it looks like, and nothing confirms it',
  ),
  'element-ambiguous': check(1, '同一要素是否只有一个值', 'Does each element have one value only'),
  'element-unconfirmed': check(
    1,
    '金额、票据代码是否有其他内容佐证，内嵌数据是否显示在版面上',
    'Does something else confirm amount and bill code, and does the page show what the data says',
  ),
  'element-from-code-only': check(1, '要素是否印在票面上，而不是只在二维码中', 'Is each element printed, and not in the QR code alone'),
  'qr-disagrees': check(1, '要素与二维码内容是否一致', 'Do the elements agree with the QR code'),
  'sources-disagree': check(1, '内嵌数据与版面内容是否一致', 'Does the attached data agree with the page'),
  'amount-words-disagree': check(1, '大写金额与小写金额是否一致', 'Do the amounts in words and in figures agree'),
  'amount-words-unreadable': check(1, '大写金额能否完整识别', 'Could the amount in words be read completely'),
  'item-sum-disagrees': check(1, '项目金额之和是否等于合计金额', 'Do the items add up to the total'),
  'code-year-disagrees': check(1, '票据代码中的年度与开票日期是否一致', "Does the bill code's year agree with the issue date"),
  'code-region-disagrees': check(
    1,
    '票据代码中的区划与票据名称、票据标识、二维码是否一致',
    "Does the bill code's region agree with title, tag and QR code",
  ),
  'code-class-disagrees': check(1, '票据代码中的分类与票据名称是否一致', "Does the bill code's class agree with the title"),
  'signature-altered': check(1, '电子签名与文件内容是否相符', 'Do the electronic signatures fit the content'),
  'signature-untrusted': check(1, '签名者的证书是否在已安装的受信任根之下', 'Does the signer’s certificate lead to an installed root'),
  'signature-not-checked': check(1, '电子签名能否校验', 'Could the electronic signature be checked'),
  'not-signed': check(1, 'XML 文件是否有电子签名', 'Is the XML file signed'),
  'date-in-future': check(1, '开票日期是否不晚于今天', 'Is the issue date no later than today'),
  'date-too-old': check(1, '开票日期是否不早于 2017-01-01', 'Is the issue date no earlier than 2017-01-01'),
  'credit-code-check': check(1, '统一社会信用代码的校验位是否正确', 'Does the check character of the credit code fit'),
  'kind-unknown': check(1, '能否确定票据种类', 'Could the kind of bill be told'),
  'several-bills': check(1, '同一页上的多张票据能否分清', 'Can the bills of one page be told apart'),
  'marked-as-sample': check(1, '页面上是否没有“样票”“预览”“作废”等字样', 'Is the page free of marks such as sample, preview or void'),
};

/** The checks of a reading as a set of rules, to be read by people. A reading is `auto` only where none of them sends it to a person. */
export function readingRules(): RuleSetView {
  return {
    name: 'reading',
    title: { 'zh-CN': '识别结果的自动判定', en: 'What is decided of a reading' },
    version: READING_RULES_VERSION,
    changes: READING_RULES_CHANGES.map(({ version, date, what }) => ({ version, date, what })).reverse(),
    rules: REASON_CODES.map((code) => ({ code, ...CHECKS[code], leadsTo: blocks(code) ? TO_PERSON : TOLD })),
  };
}

function check(since: number, zh: string, en: string): Pick<RuleView, 'asks' | 'since'> {
  return { asks: { 'zh-CN': zh, en }, since };
}
