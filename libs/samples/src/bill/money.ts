const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const SECTIONS = ['', '万', '亿'];

/** 分 as a decimal of 元 with two places. */
export function yuan(fen: bigint): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
}

/** 大写 of an amount below 一万亿元, as printed after 金额合计（大写）. */
export function amountInWords(fen: bigint): string {
  const whole = fen / 100n;
  const jiao = Number((fen / 10n) % 10n);
  const cent = Number(fen % 10n);
  const yuanWords = whole > 0n ? `${wholeInWords(whole)}元` : '';
  if (jiao === 0 && cent === 0) return `${yuanWords || '零元'}整`;
  const gap = jiao === 0 && yuanWords ? '零' : '';
  const jiaoWords = jiao > 0 ? `${DIGITS.charAt(jiao)}角` : '';
  return cent > 0 ? `${yuanWords}${gap}${jiaoWords}${DIGITS.charAt(cent)}分` : `${yuanWords}${jiaoWords}整`;
}

function wholeInWords(whole: bigint): string {
  let words = '';
  for (let section = SECTIONS.length - 1; section >= 0; section--) {
    const value = Number((whole / 10_000n ** BigInt(section)) % 10_000n);
    if (value === 0) continue;
    const needsZero = words !== '' && (value < 1000 || skippedSection(whole, section));
    words += `${needsZero ? '零' : ''}${sectionInWords(value)}${SECTIONS[section] ?? ''}`;
  }
  return words;
}

function skippedSection(whole: bigint, section: number): boolean {
  return (whole / 10_000n ** BigInt(section + 1)) % 10_000n === 0n;
}

function sectionInWords(value: number): string {
  const digits = String(value);
  let words = '';
  let zeroPending = false;
  for (const [index, digit] of Array.from(digits).entries()) {
    if (digit === '0') {
      zeroPending = true;
      continue;
    }
    words += `${zeroPending ? '零' : ''}${DIGITS.charAt(Number(digit))}${PLACES[digits.length - 1 - index] ?? ''}`;
    zeroPending = false;
  }
  return words;
}
