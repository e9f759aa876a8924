import type { BatchFileQuery, BatchRowState, Charge, LocalizedText, Verdict } from '@app/contracts';
import type { Row } from '@app/tabular';
import { verdictOf } from '../../verdict';
import { formatYuan } from '../../charges/yuan';
import { type BatchResult, CHARGE_TEXTS, STATE_TEXTS, VERDICT_TEXTS } from './result-rows';

type Language = BatchFileQuery['language'];

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en });

const NAMES = {
  id: text('批次编号', 'Batch id'),
  file: text('文件', 'File'),
  startedBy: text('发起人', 'Started by'),
  rows: text('总行数', 'Rows'),
  price: text('单次价格（元）', 'Price of a call (yuan)'),
  charged: text('已计费金额（元）', 'Charged (yuan)'),
  unknown: text('待对账金额（元）', 'To be reconciled (yuan)'),
} as const;

/** What a batch came to: counts by state, verdict and charge, and what it cost at the price of its estimate. */
export function summaryRows({ batch, rows }: BatchResult, language: Language): Row[] {
  const states = new Map<BatchRowState, number>();
  const verdicts = new Map<Verdict, number>();
  const charges = new Map<Charge, number>();
  for (const { row, verification } of rows) {
    add(states, row.state);
    if (verification === null || verification.isOpen) continue;
    add(verdicts, verdictOf(verification));
    if (verification.charge !== null) add(charges, verification.charge);
  }
  const cost = (charge: Charge): string => formatYuan(BigInt(charges.get(charge) ?? 0) * batch.priceHao);
  const line = (name: LocalizedText, value: string | null): Row => ({ name: name[language], value });
  return [
    ...[line(NAMES.id, batch.id), line(NAMES.file, batch.fileName), line(NAMES.startedBy, batch.startedByName)],
    line(NAMES.rows, String(batch.rowCount)),
    ...[...states].map(([state, count]) => line(STATE_TEXTS[state], String(count))),
    ...[...verdicts].map(([verdict, count]) => line(VERDICT_TEXTS[verdict], String(count))),
    ...[...charges].map(([charge, count]) => line(CHARGE_TEXTS[charge], String(count))),
    ...[line(NAMES.price, formatYuan(batch.priceHao)), line(NAMES.charged, cost('charged')), line(NAMES.unknown, cost('unknown'))],
  ];
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
