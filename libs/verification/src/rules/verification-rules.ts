import type { RefusalCode, RuleSetView, RuleView } from '@app/contracts';
import { VERIFICATION_RULES_CHANGES, VERIFICATION_RULES_VERSION } from './verification-rules-changes';

/** Guards that refuse before anything is spent, by the code of the refusal, in the order in which they are asked. */
const GUARDS: Readonly<Record<RefusalCode, RuleView>> = {
  'bad-amount': refusal('bad-amount', '金额是否大于零', 'Is the amount above zero'),
  'future-date': refusal('future-date', '开票日期是否不晚于今天', 'Is the issue date no later than today'),
  'over-window': refusal('over-window', '开票日期是否在渠道受理的期限内', 'Is the bill young enough for the provider'),
  'implausible-elements': refusal(
    'implausible-elements',
    '票据代码的区划、年度是否合理（本机构规则规定要素不合理时拒绝查验的）',
    'Are region and year of the bill code plausible (where the institution’s rules refuse implausible elements)',
  ),
  'daily-limit': refusal('daily-limit', '同一票据当日调用是否不足五次', 'Was the bill asked about fewer than five times today'),
  'tenant-quota': refusal('tenant-quota', '本机构当日次数是否未达上限', 'Is the tenant below its calls of the day'),
  'tenant-budget': refusal('tenant-budget', '本机构当月费用是否未达上限', 'Is the tenant within its money of the month'),
};

const STORE: readonly RuleView[] = [
  rule(
    'stored-answer',
    ['相同五要素是否已有仍然有效的明确答复', 'Is there an answer to the same five elements that still holds'],
    ['直接采用，不再调用，不计费', 'It is given again, free of charge'],
  ),
  rule(
    'under-way',
    ['相同五要素是否正在查验', 'Are the same five elements being asked about'],
    ['等待同一结果，不再调用', 'The request waits for the same answer'],
  ),
  rule(
    'spent-call',
    [
      '对不知道自己在重复的调用方：可能已计费的调用是否尚未了结',
      'For callers that repeat themselves without knowing: is a call that may be charged unsettled',
    ],
    ['不重复调用，返回原结果', 'It is not made again, and its end is told'],
  ),
  rule(
    'last-try',
    ['是否为当日最后一次，且其他要素今日已不一致', 'Is it the last call of the day after other elements did not match'],
    ['须由人确认后才调用', 'A person must confirm it'],
  ),
];

const CALLS: readonly RuleView[] = [
  rule(
    'provider',
    [
      '请求是否指定渠道，其次看本机构规则，再次看系统默认',
      'Does the request name a provider, else the tenant’s rules, else the installation',
    ],
    ['调用该渠道', 'It is asked'],
  ),
  rule(
    'provider-register',
    ['本机构登记了渠道时，该渠道是否处于开通状态', 'Where the tenant keeps a register of providers, does it hold this one open'],
    ['否则等待，不发送，也不改由该渠道查验', 'Otherwise the verification waits; nothing is sent, and nothing fails over to it'],
  ),
  rule(
    'retry',
    ['失败是否确定未计费', 'Did the failure surely cost nothing'],
    ['最多重试两次；可能计费的一律不重试', 'It is tried again, twice at most; what may be charged never is'],
  ),
  rule(
    'failover',
    ['是否确定未计费，且本机构规则允许备用渠道', 'Did it surely cost nothing, and do the tenant’s rules allow another provider'],
    ['改由另一渠道查验', 'Another provider is asked'],
  ),
];

const ANSWERS: readonly RuleView[] = [
  rule(
    'green-light',
    [
      '渠道是否答复一致、明确未冲红，票面要素不矛盾，交款人与收款单位和识别结果相符',
      'Does the provider say match, and not reversed, with a face that contradicts no element and names the payer and payee that were read',
    ],
    ['判定为有效；缺一不可', 'The verdict is valid; nothing else makes it so'],
  ),
  rule(
    'reversed',
    ['渠道是否答复已冲红', 'Does the provider say reversed'],
    ['判定为已冲红，优先于其他结论', 'The verdict is reversed, above all else'],
  ),
  rule(
    'answer-review',
    ['渠道票面与要素或识别结果是否有任何不一致', 'Does the provider’s face differ from an element or from what was read'],
    ['提示人工复核', 'A person is asked to look'],
  ),
  rule(
    'lost-answer',
    ['请求发出后是否失去答复', 'Was the answer lost after the call was sent'],
    ['判定为未知，不自动重试，待核销', 'It is unknown, not tried again, and settled by reconciliation'],
  ),
  rule(
    'settlement-limit',
    ['人工核销是否超过当日上限，或由查验人本人提出', 'Is a settlement by hand beyond the day’s limit, or by whoever asked'],
    ['须第二人复核', 'A second person must approve it'],
  ),
];

/** The rules of verification as a set, to be read by people. What a tenant sets beside them is its policy. */
export function verificationRules(): RuleSetView {
  return {
    name: 'verification',
    title: { 'zh-CN': '查验的自动判定', en: 'What is decided of a verification' },
    version: VERIFICATION_RULES_VERSION,
    changes: VERIFICATION_RULES_CHANGES.map(({ version, date, what }) => ({ version, date, what })).reverse(),
    rules: [...Object.values(GUARDS), ...STORE, ...CALLS, ...ANSWERS],
  };
}

function refusal(code: RefusalCode, zh: string, en: string): RuleView {
  return rule(code, [zh, en], ['否则不予查验，不产生费用', 'Otherwise it is refused, and nothing is spent']);
}

function rule(code: string, [zh, en]: [string, string], [leadsZh, leadsEn]: [string, string], since = 1): RuleView {
  return { code, asks: { 'zh-CN': zh, en }, leadsTo: { 'zh-CN': leadsZh, en: leadsEn }, since };
}
