/** Decodes a reply's bytes by the charset its content type names, UTF-8 otherwise; a leading byte order mark is dropped. */
export function decodeText(body: Uint8Array, contentType: string): string {
  return decoderFor(contentType).decode(body);
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

function decoderFor(contentType: string): TextDecoder {
  const label = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('utf-8');
    throw error;
  }
}
