/**
 * Decodes a reply's bytes as UTF-8, or as GB 18030 where its content type names a Chinese charset or the bytes are no UTF-8.
 * A byte order mark is dropped.
 */
export function decodeText(body: Uint8Array, contentType: string): string {
  const isChinese = /charset\s*=\s*"?(gbk|gb2312|gb18030)\b/i.test(contentType);
  if (isChinese) return new TextDecoder('gb18030').decode(body);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('gb18030').decode(body);
  }
}

/** An amount as an exact decimal with two places; separators and currency signs are dropped, anything else is kept as it came. */
export function normalizeAmount(raw: string | null): string | null {
  if (raw === null) return null;
  const plain = raw.replace(/[,，￥¥\s]/g, '');
  const match = /^(-?)0*(\d+)(?:\.(\d{0,2})0*)?$/.exec(plain);
  if (!match) return raw;
  const [, sign = '', whole = '', fraction = ''] = match;
  return `${sign}${whole}.${fraction.padEnd(2, '0')}`;
}

/** A day as `YYYY-MM-DD` from either documented form; anything else is kept as it came, so that a comparison shows it. */
export function normalizeDay(raw: string | null): string | null {
  const match = raw === null ? null : /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(raw);
  return match ? `${match[1] ?? ''}-${match[3] ?? ''}-${match[4] ?? ''}` : raw;
}
