import type { LocalizedText } from '@app/contracts';

/** What can be wrong with a record. Declared once; a code is never given another meaning. */
export type FindingCode = keyof typeof SENTENCES;

/** Where it stands. What is not known, or does not apply, is null. */
export interface FindingPlace {
  /** Line of the export, from 1; of the anchors for `anchor-altered`. */
  line: number;
  /** Number of the segment, or of the link in the chain over all tenants. */
  segment: number | null;
  sequence: number | null;
  entryId: string | null;
}

/** The first record that does not hold. */
export interface Finding extends FindingPlace {
  code: FindingCode;
  message: LocalizedText;
}

const SENTENCES = {
  'line-unreadable': ['该行不是导出文件写出的记录（被改动或截断）', 'the line is no record as exports write it: it was changed or cut'],
  'file-truncated': ['文件不完整：缺少结尾记录', 'the file is incomplete: its last record is missing'],
  'header-wrong': [
    '首行不是本产品的导出首部，或与其声明的密钥不符',
    'the first line is no header of an export, or a key in it is not what its id says',
  ],
  'record-misplaced': ['该记录不应出现在此处', 'the record does not belong in this place'],
  'entry-altered': ['该审计记录与封存时不同（内容被修改）', 'the entry is not what was sealed: a field was changed'],
  'entry-missing': ['缺少该序号的审计记录（被删除）', 'the entry of this number is missing: it was deleted'],
  'entry-inserted': ['该审计记录未被封存（后来插入）', 'the entry was never sealed: it was put in later'],
  'entry-duplicate': ['该审计记录重复出现', 'the entry is there a second time'],
  'entry-moved': ['审计记录的顺序被调换', 'the entry is not in its place: entries were put in another order'],
  'segment-missing': ['缺少该编号的分段', 'the segment of this number is missing'],
  'segment-moved': ['分段的顺序被调换', 'the segment is not in its place: segments were put in another order'],
  'segment-altered': ['分段的内容与其哈希不符', 'the segment is not what its hash says'],
  'segment-root': ['分段的叶哈希与其 Merkle 根不符', 'the leaves of the segment do not lead to its root'],
  'segment-chain': ['分段未连接到上一分段', 'the segment does not continue the one before'],
  'segment-unsigned': ['分段没有签名', 'the segment has no signature'],
  'segment-foreign-key': ['分段由未知或不受信任的密钥签名', 'the segment is signed with a key that is not known or not trusted'],
  'segment-key-change': ['分段所称的上一密钥与上一分段的密钥不符', 'the segment names another key for the one before than signed that'],
  'segment-signature': ['分段的签名无效', 'the signature of the segment is not valid'],
  'anchor-altered': ['锚点本身无效（被改动）', 'the anchor itself does not hold: it was changed'],
  'anchor-differs': ['分段与箱外保存的锚点不符（历史被改写）', 'the segment is not the one that was anchored: history was written anew'],
  'head-cut': ['开头缺失：没有任何清除记录说明其去向', 'the beginning is missing, and no record of a removal accounts for it'],
  'removal-altered': ['清除记录的内容与其哈希不符', 'the record of a removal is not what its hash says'],
  'removal-chain': [
    '清除记录未连接到上一条，或其范围不成立',
    'the record of a removal does not continue the one before, or its range does not hold',
  ],
  'removal-signature': ['清除记录没有受信任密钥的有效签名', 'no trusted key has signed the record of a removal'],
  'removal-too-early': ['未到保存期限即被清除', 'it was removed before its time'],
  'tail-cut': ['末尾被截去：锚点证明其后还有分段', 'the tail was cut: an anchor proves that more was sealed'],
  'end-counts': ['结尾记录的数量与文件不符', 'the counts of the last record are not those of the file'],
  'end-digest': ['文件中未签名的部分被改动（摘要不符）', 'something that is not signed was changed: the digest of the file differs'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export function finding(code: FindingCode, place: FindingPlace): Finding {
  const [zh, en] = SENTENCES[code];
  return { code, ...place, message: { 'zh-CN': zh, en } };
}
