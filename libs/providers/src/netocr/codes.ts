import { CodeTable } from '../code-table';
import type { CodeEntry } from '../dialect';

const refused = (outcome: CodeEntry['outcome'], message: string): CodeEntry => ({ outcome, charge: 'notCharged', message });
const charged = (outcome: CodeEntry['outcome'], message: string): CodeEntry => ({ outcome, charge: 'charged', message });

/** netocr's codes for fiscal bills. 扣费 is printed at four of them; the others are uncharged by omission. */
export const NETOCR_CODES: Readonly<Record<string, CodeEntry>> = {
  '0': charged('MATCH', '查验成功发票一致'),
  '-30000': charged('FAILED_LIMIT', '该票今日本平台核验失败已超5次'),
  '-30001': charged('MISMATCH', '发票信息不一致'),
  '-30002': charged('NOT_FOUND', '所查发票不存在'),
  '-30003': refused('DAILY_LIMIT', '超过该张票当天查验次数(请于次日再次查验)'),
  '-30004': refused('IRREGULAR', '查询发票不规范'),
  '-30005': refused('MISSING_PARAM', '参数不能为空'),
  '-30008': refused('BAD_LENGTH', '参数长度不正确'),
  '-30010': refused('PROVIDER_ERROR', '查验异常'),
  '-30015': refused('TYPE_ERROR', '类型错误'),
  '-30017': refused('BAD_PARAM', '传入参数不正确'),
  '-30020': refused('PROVIDER_ERROR', '查验失败'),
  '-30021': refused('OVER_WINDOW', '超过一年的不能查验'),
};

/** Codes documented for the same company's VAT service only; they may turn up here, and are never written by us. */
export const NETOCR_VAT_CODES: Readonly<Record<string, CodeEntry>> = {
  '-30006': { outcome: 'UNKNOWN_CODE', charge: 'unknown', message: '当天不能查验', alert: 'sameDayBill' },
  '-30007': refused('OVER_WINDOW', '超五年'),
  '-30009': refused('BATCH_QTY', '超最大查验量'),
  '-30014': refused('PROVIDER_ERROR', '接口异常'),
};

/** Every code that a netocr reply may carry, as far as it is documented. */
export const NETOCR_KNOWN_CODES: Readonly<Record<string, CodeEntry>> = { ...NETOCR_VAT_CODES, ...NETOCR_CODES };

/** The documented codes alone. */
export const NETOCR_TABLE = new CodeTable(NETOCR_KNOWN_CODES);
