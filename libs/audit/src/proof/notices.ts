import type { LocalizedText } from '@app/contracts';
import type { HeaderRecord } from './export-record';
import type { Coverage } from './verdict';
import type { Witnesses } from './witnesses';

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en });

/** What a sound export does not prove by itself. `furthest`: number of the furthest anchor, 0 without any. */
export function noticesOf(
  header: HeaderRecord | null,
  { publicKeys, anchors }: Witnesses,
  covered: Coverage,
  furthest: number,
): LocalizedText[] {
  const notices: LocalizedText[] = [];
  if (publicKeys === undefined)
    notices.push(
      text(
        '未给出公钥：使用导出文件自带的密钥，重新签名的伪造文件不会被发现（--public-key）',
        'no public key was given: the keys of the file itself were used, so a file that was signed anew would pass (--public-key)',
      ),
    );
  if (anchors === undefined)
    notices.push(
      text(
        '未给出锚点：末尾被截去且首部随之改写时不会被发现（--anchors）',
        'no anchors were given: a tail that was cut, with the header written anew, would pass (--anchors)',
      ),
    );
  else if (furthest === 0) notices.push(text('锚点中没有此链的锚点', 'none of the anchors is of this chain'));
  if (covered.first !== null && covered.first > 1)
    notices.push(
      text(
        `从第 ${covered.first} 段开始：此前的分段不在本文件内`,
        `begins with segment ${covered.first}: what is before is not in this file`,
      ),
    );
  if (header?.isPart && furthest > (covered.last ?? 0))
    notices.push(text(`仅为部分导出：锚点已到第 ${furthest} 段`, `only a part was exported: the anchors go on to segment ${furthest}`));
  if (covered.unsealed > 0)
    notices.push(
      text(
        `${covered.unsealed} 条记录导出时尚未封存，不受保护`,
        `${covered.unsealed} entries waited for their seal when this was exported: nothing proves them`,
      ),
    );
  return notices;
}
