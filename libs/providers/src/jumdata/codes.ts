import { CodeTable } from '../code-table';
import type { CodeEntry } from '../dialect';

const refused = (outcome: CodeEntry['outcome'], message: string): CodeEntry => ({ outcome, charge: 'notCharged', message });
const charged = (outcome: CodeEntry['outcome'], message: string): CodeEntry => ({ outcome, charge: 'charged', message });
// A lost connection behind the provider may have cost a lookup; only the reply's boolean can say.
const lost = (message: string): CodeEntry => ({ outcome: 'NETWORK_TIMEOUT', charge: 'unknown', message });

/** jumdata's codes. Mind the order: 201 is not found and 202 mismatch, the reverse of netocr's -30001 and -30002. */
export const JUMDATA_CODES: Readonly<Record<string, CodeEntry>> = {
  '200': charged('MATCH', '成功'),
  '201': charged('NOT_FOUND', '查无此票'),
  '202': charged('MISMATCH', '不一致'),
  '203': refused('DAILY_LIMIT', '超过该张票当天查验次数'),
  '204': refused('BATCH_QTY', '查验发票张数超过限制'),
  '205': refused('OVER_WINDOW', '超过五年'),
  '206': refused('IN_PROGRESS', '正在查验中,稍后重试'),
  '207': refused('REGION_UNSUPPORTED', '该地区暂不支持该票种'),
  '400': refused('BAD_PARAM', '参数错误'),
  '404': refused('TYPE_ERROR', '请求地址不正确'),
  '411': refused('IRREGULAR', '查询发票不规范'),
  '412': refused('FUTURE_DATE', '开票日期超过当前日期'),
  '500': refused('PROVIDER_ERROR', '服务商维护'),
  '502': lost('网络故障'),
  '601': refused('ACCOUNT', '接口未开通'),
  '602': refused('ACCOUNT', '账号停用'),
  '603': refused('ACCOUNT', '余额不足'),
  '604': refused('ACCOUNT', '接口停用'),
  '606': refused('RATE', '调用超限'),
  '607': refused('ACCOUNT', 'IP不在白名单'),
  '609': refused('RATE', '请求过于频繁'),
  '610': lost('请求超时'),
  '999': refused('PROVIDER_ERROR', '其他'),
};

/** The documented codes alone. */
export const JUMDATA_TABLE = new CodeTable(JUMDATA_CODES);

/** Code 400 covers three outcomes and only its text tells them apart. */
export function parameterOutcome(message: string | null): 'MISSING_PARAM' | 'BAD_LENGTH' | 'BAD_PARAM' {
  if (message && /为空|缺少|必填/.test(message)) return 'MISSING_PARAM';
  if (message && /长度|位数/.test(message)) return 'BAD_LENGTH';
  return 'BAD_PARAM';
}
