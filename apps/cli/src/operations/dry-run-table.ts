import type { DryRunDecision, PolicyDryRun } from '@app/contracts';
import Table from 'cli-table3';

const PLAIN = { head: [], border: [] };
const KINDS: Readonly<Record<DryRunDecision['kind'], string>> = {
  refused: '不予查验 refused',
  stored: '直接采用 stored',
  called: '调用 called',
  calledNext: '调用并改由备用渠道 called, then another',
};

/** A dry run for people: what it looked at, what would have been decided otherwise, and what it would have cost. */
export function dryRunTable(run: PolicyDryRun): string {
  return [scopeOf(run), changesOf(run), totalsOf(run), NOTE].join('\n');
}

function scopeOf({ requests, isCut, from, to, asRecorded, policyVersion, rulesVersion }: PolicyDryRun): string {
  const window = from === null || to === null ? '30 天内没有请求 (none in 30 days)' : `${from} - ${to}`;
  const bound = isCut ? ' · 只取最新的 (the newest only: there were more)' : '';
  return [
    `试算 dry run: 请求 requests ${requests} · ${window}${bound}`,
    `与当时判定一致 decided now as recorded then ${asRecorded} / ${requests} · 规则版本 rules ${policyVersion} · 程序规则 product rules ${rulesVersion}`,
  ].join('\n');
}

function changesOf({ changes }: PolicyDryRun): string {
  if (changes.length === 0) return '判定无变化 (no request would have been decided otherwise)';
  const table = new Table({ head: ['现行 before', '变更后 after', '数量 count', '例 such as'], style: PLAIN });
  for (const { before, after, count, ids } of changes) table.push([wordsOf(before), wordsOf(after), String(count), ids.join('\n')]);
  return table.toString();
}

function totalsOf({ calls, costYuan, settlements }: PolicyDryRun): string {
  const table = new Table({ head: ['', '现行 before', '变更后 after'], style: PLAIN });
  table.push(['计费或可能计费的调用 calls that are or may be charged', String(calls.before), String(calls.after)]);
  table.push(['费用(元) yuan', costYuan.before, costYuan.after]);
  if (settlements !== null) {
    const { count, secondPerson } = settlements;
    table.push([
      `${count} 次人工核销中须第二人 of ${count} settled by hand, by two`,
      ...[secondPerson.before, secondPerson.after].map(String),
    ]);
  }
  return table.toString();
}

function wordsOf({ kind, provider, refusal }: DryRunDecision): string {
  return [KINDS[kind], provider ?? refusal].filter((word) => word !== null).join('\n');
}

const NOTE = '未调用任何渠道;未实际发生的调用按今日价格计 (no provider was asked; a call that was never made counts at the price of today)';
