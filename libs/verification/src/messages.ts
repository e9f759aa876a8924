import { type Hold, type LocalizedText, type Outcome, type RefusalCode, shanghaiMinute, type Verdict } from '@app/contracts';
import { type Told, verdictOf } from './verdict';

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en });

const BY_VERDICT: Readonly<Record<Exclude<Verdict, 'none' | 'unknown'>, LocalizedText>> = {
  valid: text('查验一致,未冲红', 'The bill matches and was not reversed'),
  reversed: text('查验一致,但该票据已冲红,不可作为有效凭证', 'The bill matches but was reversed: it is no valid voucher'),
  reversalNotProvided: text('查验一致,查验渠道未提供冲红状态', 'The bill matches; the provider did not tell whether it was reversed'),
  mismatch: text(
    '票据存在,但所填要素与票面不一致,请核对五要素',
    'The bill exists but the elements disagree: compare all five with the image',
  ),
  notFound: text('查无此票。当日开具的票据可能次日才可查验', 'No such bill. A bill issued today may become known only tomorrow'),
};

const BY_OUTCOME: Readonly<Record<Exclude<Outcome, 'MATCH' | 'MISMATCH' | 'NOT_FOUND'>, LocalizedText>> = {
  FAILED_LIMIT: text('该票据当日查验失败次数已达上限,请次日再试', 'The bill failed too often today: try again tomorrow'),
  DAILY_LIMIT: text('该票据当日查验次数已用完(每日 5 次),请次日再试', 'The bill was verified 5 times today: try again tomorrow'),
  OVER_WINDOW: text('开票日期超过一年,无法在线查验', 'The bill is older than one year and cannot be verified online'),
  IRREGULAR: text(
    '查验请求不合规,请确认是财政票据且要素无误',
    'The provider calls the query irregular: check that it is a fiscal bill with these elements',
  ),
  FUTURE_DATE: text('开票日期晚于今天', 'The issue date is after today'),
  MISSING_PARAM: text('缺少查验要素', 'An element is missing'),
  BAD_LENGTH: text('要素长度不正确', 'An element has the wrong length'),
  BAD_PARAM: text('要素内容不正确,例如金额必须大于零', 'An element is not acceptable; the amount, for example, must be above zero'),
  TYPE_ERROR: text('查验渠道配置错误,请联系运维人员', 'The provider is configured wrongly: tell your operator'),
  IN_PROGRESS: text('查验渠道仍在处理', 'The provider is still working on it'),
  REGION_UNSUPPORTED: text('查验渠道不支持该地区或票据种类', 'The provider does not offer this region or kind of bill'),
  BATCH_QTY: text('查验渠道的可用量已用完', 'The provider says that the volume is used up'),
  PROVIDER_ERROR: text('查验渠道故障', 'The provider failed'),
  NETWORK_TIMEOUT: text('未能连接查验渠道', 'The provider could not be reached'),
  ACCOUNT: text('查验渠道账户异常或未配置,请联系运维人员', 'The account at the provider is refused or not configured: tell your operator'),
  RATE: text('查验渠道限制了调用频率', 'The provider limits the rate of calls'),
  UNKNOWN_CODE: text('查验渠道返回了未知代码', 'The provider answered with an unknown code'),
};

const QUEUED = text('已受理,等待查验', 'Accepted, waiting to be verified');
const BY_REFUSAL: Readonly<Record<RefusalCode, LocalizedText>> = {
  'bad-amount': text('票面金额必须大于零', 'The amount must be above zero'),
  'future-date': text('开票日期晚于今天', 'The issue date is after today'),
  'over-window': text('开票日期超过一年,无法在线查验', 'The bill is too old to be verified online'),
  'implausible-elements': text(
    '票据代码与要素不合常理,请核对',
    'The bill code does not fit the other elements: compare them with the image',
  ),
  'daily-limit': text('该票据当日查验次数已用完(每日 5 次)', 'The bill was verified 5 times today'),
  'tenant-quota': text('本机构当日查验次数已用完', 'Your verifications of today are used up'),
  'tenant-budget': text('本机构当月查验预算已用完', 'Your budget of this month is used up'),
};

const BY_HOLD: Readonly<Record<Hold, LocalizedText>> = {
  gateway: text(
    '查验网关暂无应答,将自动继续,不会重复计费',
    'The gateway gives no answer yet; it is asked again, and nothing is charged twice',
  ),
  throttled: text('已达查验渠道的调用速率,排队等待中', 'The rate of calls to the provider is reached: it waits for its turn'),
  providerPaused: text('查验渠道维护中,已暂停,恢复后自动继续', 'The provider is paused for maintenance: it goes on by itself afterwards'),
  circuitOpen: text('查验渠道故障,暂不发送,恢复后自动继续', 'The provider has failures: nothing is sent until it answers again'),
  sameBill: text('同一票据的另一次查验正在进行,排队等待中', 'Another question about the same bill is asked first'),
};

const CONTRADICTED = text(
  '查验渠道称一致,但返回的票面与所查要素或识别结果不符,请人工核实',
  'The provider says it matches, but the face it returned contradicts the elements, or the payer or payee that was read: a person must look',
);
const UNKNOWN = text(
  '请求已发出但结果不明,可能已计费;不会自动重发,待对账确认',
  'The request was sent and its result is not known; it may have been charged. It is not sent again until reconciled',
);
const SETTLED = text('查验结果未收到,计费已核销,请重新查验', 'The answer never arrived; its charge is settled. Verify again');
const SETTLED_AS_MATCH = text(
  '渠道账单称一致,但未留存回复,请重新查验',
  "The provider's statement says it matched, but no reply was kept: verify again",
);
const SETTLED_AS_MISMATCH = text(
  '渠道账单称不一致,但未留存回复,请核对五要素后重新查验',
  "The provider's statement says it did not match, but no reply was kept: compare all five elements and verify again",
);
const SETTLED_AS_NOT_FOUND = text(
  '渠道账单称查无此票,但未留存回复,请重新查验',
  "The provider's statement says there was no such bill, but no reply was kept: verify again",
);
const NO_MORE_TRIES = text(',未计费,已停止重试', '; nothing was charged, and no further try is made');
const TRIES_AGAIN = text(',未计费,稍后自动重试', '; nothing was charged, and it is tried again');

/** What the words are drawn from; every `Verification` is one. */
export interface Spoken extends Told {
  nextAttemptAt: Date | null;
  hold: Hold | null;
  refusalCode: RefusalCode | null;
  refusalPassesAt: Date | null;
}

/** What a person is told about a verification, in both languages. */
export function messageOf(told: Spoken): LocalizedText {
  switch (told.state) {
    case 'queued':
      return ofQueued(told);
    case 'waiting':
      return told.hold === null ? joined(ofOutcome(told.outcome), TRIES_AGAIN) : BY_HOLD[told.hold];
    case 'failed':
      return joined(ofOutcome(told.outcome), NO_MORE_TRIES);
    case 'unknown':
      return UNKNOWN;
    case 'settled':
      return ofSettlement(told.settledOutcome ?? null);
    case 'refused':
      return ofRefusal(told);
    case 'answered':
      return ofAnswer(told);
  }
}

/** A statement's line carries no face: whatever it says, the elements must be asked again. */
function ofSettlement(told: Outcome | null): LocalizedText {
  switch (told) {
    case 'MATCH':
      return SETTLED_AS_MATCH;
    case 'MISMATCH':
      return SETTLED_AS_MISMATCH;
    case 'NOT_FOUND':
      return SETTLED_AS_NOT_FOUND;
    default:
      return SETTLED;
  }
}

function ofQueued({ hold, nextAttemptAt }: Spoken): LocalizedText {
  if (hold !== null) return BY_HOLD[hold];
  // Verifications stored before there was a `hold` waited for the gateway.
  return nextAttemptAt === null ? QUEUED : BY_HOLD.gateway;
}

function ofRefusal({ refusalCode, refusalPassesAt, outcome }: Spoken): LocalizedText {
  if (refusalCode === null) return ofOutcome(outcome);
  if (refusalPassesAt === null) return BY_REFUSAL[refusalCode];
  const at = shanghaiMinute(refusalPassesAt);
  return joined(BY_REFUSAL[refusalCode], text(`,${at}(北京时间)起可再查验`, `; it can be asked from ${at} (Beijing time)`));
}

function ofAnswer(told: Told): LocalizedText {
  const verdict = verdictOf(told);
  if (verdict === 'unknown') return CONTRADICTED;
  return verdict === 'none' ? ofOutcome(told.outcome) : BY_VERDICT[verdict];
}

function ofOutcome(outcome: Outcome | null): LocalizedText {
  if (outcome === null) return QUEUED;
  if (outcome === 'MATCH') return BY_VERDICT.reversalNotProvided;
  if (outcome === 'MISMATCH') return BY_VERDICT.mismatch;
  if (outcome === 'NOT_FOUND') return BY_VERDICT.notFound;
  return BY_OUTCOME[outcome];
}

function joined(first: LocalizedText, second: LocalizedText): LocalizedText {
  return { 'zh-CN': first['zh-CN'] + second['zh-CN'], en: first.en + second.en };
}
