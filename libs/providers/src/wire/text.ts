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

/** Thousands are parted whole or not at all: `486,20` is no 48620, and a sum of which nobody knows the point is compared as it came. */
const PARTED = /^-?\d{1,3}(?:[,，]\d{3})+(?:\.\d*)?$/;

/** No sum of money is longer; what is would keep a pattern busy for minutes. */
const LONGEST_AMOUNT = 40;

/** An amount as an exact decimal with two places; separators of thousands and a currency sign are dropped, anything else is kept as it came. */
export function normalizeAmount(raw: string | null): string | null {
  if (raw === null || raw.length > LONGEST_AMOUNT) return raw;
  const figures = raw.trim().replace(/^(-?)[￥¥]\s*/, '$1');
  const match = /^(-?)0*(\d+)(?:\.(\d{0,2})0*)?$/.exec(PARTED.test(figures) ? figures.replace(/[,，]/g, '') : figures);
  if (!match) return raw;
  const [, sign = '', whole = '', fraction = ''] = match;
  return `${sign}${whole}.${fraction.padEnd(2, '0')}`;
}

/** A day as `YYYY-MM-DD` from either documented form; anything else is kept as it came, so that a comparison shows it. */
export function normalizeDay(raw: string | null): string | null {
  const match = raw === null ? null : /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(raw);
  return match ? `${match[1] ?? ''}-${match[3] ?? ''}-${match[4] ?? ''}` : raw;
}
