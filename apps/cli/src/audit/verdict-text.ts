import type { Finding, RemovedRange, Verdict } from '@app/audit';

/** A verdict as lines for people, Chinese before English. */
export function verdictText({ finding, notices, covered }: Verdict): string {
  const { tenantId, first, last, entries, unsealed, keys, lastSealedAt, removals } = covered;
  const whose = tenantId === null ? ['全部租户的总链', 'the chain over all tenants'] : [`租户 ${tenantId}`, `tenant ${tenantId}`];
  const range = first === null ? '0' : `${first}–${last ?? first}`;
  return [
    ...(finding === null ? ['✔ 审计完整，未发现改动。', '  The audit is sound: nothing was changed.'] : faultLines(finding)),
    `  范围：${whose[0]}，分段 ${range}，已核对 ${entries} 条，未封存 ${unsealed} 条${lastSealedAt === null ? '' : `，最后封存于 ${lastSealedAt}`}`,
    `  Covered: ${whose[1]}, segments ${range}, ${entries} entries checked, ${unsealed} unsealed${lastSealedAt === null ? '' : `, last sealed ${lastSealedAt}`}`,
    ...keys.map(({ id, from }) => `  签名密钥 / signing key: ${id} (${from}–)`),
    ...removals.flatMap(removalLines),
    ...notices.flatMap((notice) => [`! ${notice['zh-CN']}`, `  ${notice.en}`]),
  ].join('\n');
}

/** What is lawfully gone, by the signed record of it. */
function removalLines({ firstSegment, lastSegment, entries, lastSealedAt, retentionDays, removedAt }: RemovedRange): string[] {
  const range = `${firstSegment}–${lastSegment}`;
  return [
    `  已按期清除：分段 ${range}，${entries} 条（封存不晚于 ${lastSealedAt}），于 ${removedAt} 依保存 ${retentionDays} 天的规则清除，记录已签名`,
    `  Removed by rule: segments ${range}, ${entries} entries sealed until ${lastSealedAt}, at ${removedAt} after ${retentionDays} days; the record is signed`,
  ];
}

function faultLines({ message, line, segment, sequence, entryId, code }: Finding): string[] {
  const zh = [`第 ${line} 行`, ...(segment === null ? [] : [`分段 ${segment}`]), ...(sequence === null ? [] : [`序号 ${sequence}`])];
  const en = [`line ${line}`, ...(segment === null ? [] : [`segment ${segment}`]), ...(sequence === null ? [] : [`sequence ${sequence}`])];
  const id = entryId === null ? [] : [`id ${entryId}`];
  return [
    `✘ ${[...zh, ...id].join('，')}：${message['zh-CN']}。`,
    `  ${[...en, ...id].join(', ')}: ${message.en} (${code}).`,
    '  这是第一条不成立的记录；其后的记录未评定。 / This is the first record that does not hold; what follows was not judged.',
  ];
}
