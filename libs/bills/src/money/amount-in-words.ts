import { CAPITAL_LOOK_ALIKES } from '@app/ocr/shapes';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const SMALL_UNITS = new Map([
  ['拾', 10n],
  ['佰', 100n],
  ['仟', 1000n],
]);
const BIG_UNITS = new Map([
  ['万', 10_000n],
  ['亿', 100_000_000n],
]);

/** Other signs of the same meaning, which bills print too. */
const SAME = new Map([
  ['圆', '元'],
  ['正', '整'],
]);

/** Replaces characters that only look like capital numerals by the numerals they stand for, likeliest first, and 圆 and 正 by 元 and 整. */
export function straightenWords(words: string): string {
  return Array.from(words, (char) => SAME.get(char) ?? CAPITAL_LOOK_ALIKES.get(char)?.charAt(0) ?? char).join('');
}

/** Integer 分 of an amount in capital numerals, 整 or 正 or neither at the end; null when it is not well formed. */
export function parseAmountInWords(words: string): bigint | null {
  const text = straightenWords(words)
    .replace(/^人民币/u, '')
    .replace(/整+$/u, '')
    .replace(/零[角分]/gu, '零');
  const match = /^(?:(.+)元)?零?(?:([壹贰叁肆伍陆柒捌玖])角)?零?(?:([壹贰叁肆伍陆柒捌玖])分)?零?$/u.exec(text);
  if (!match) return null;
  const [, whole, jiao, fen] = match;
  if (whole === undefined && jiao === undefined && fen === undefined) return null;
  const yuan = whole === undefined ? 0n : parseWhole(whole);
  return yuan === null ? null : yuan * 100n + digit(jiao) * 10n + digit(fen);
}

function digit(char: string | undefined): bigint {
  return char === undefined ? 0n : BigInt(DIGITS.indexOf(char));
}

/** Units must fall from left to right inside each group of four, and the groups themselves must fall. */
function parseWhole(text: string): bigint | null {
  if (text === '零') return 0n;
  let total = 0n;
  let rest = text;
  for (const [unit, factor] of [...BIG_UNITS].reverse()) {
    const at = rest.indexOf(unit);
    if (at < 0) continue;
    const group = parseGroup(rest.slice(0, at));
    if (group === null || group === 0n) return null;
    total += group * factor;
    rest = rest.slice(at + 1);
  }
  const last = rest === '' ? 0n : parseGroup(rest);
  return last === null ? null : total + last;
}

function parseGroup(text: string): bigint | null {
  let total = 0n;
  let limit = 10_000n;
  let rest = text.replace(/^零/u, '');
  while (rest !== '') {
    const match = /^([壹贰叁肆伍陆柒捌玖])([拾佰仟])?零?/u.exec(rest) ?? (limit === 10_000n ? /^()(拾)零?/u.exec(rest) : null);
    if (!match) return null;
    const unit = match[2] === undefined ? 1n : (SMALL_UNITS.get(match[2]) ?? 1n);
    if (unit >= limit) return null;
    total += (match[1] === '' ? 1n : digit(match[1])) * unit;
    limit = unit;
    rest = rest.slice(match[0].length);
  }
  return total;
}

/** The amount in capital numerals as bills print it: 48620n is 肆佰捌拾陆元贰角整, 30003n is 叁佰元零叁分. */
export function formatAmountInWords(fen: bigint): string {
  const yuan = fen / 100n;
  const jiao = Number((fen / 10n) % 10n);
  const cents = Number(fen % 10n);
  const whole = yuan === 0n ? '' : `${formatWhole(yuan)}元`;
  if (jiao === 0 && cents === 0) return `${whole === '' ? '零元' : whole}整`;
  const tenth = jiao === 0 ? (whole === '' ? '' : '零') : `${DIGITS.charAt(jiao)}角`;
  return `${whole}${tenth}${cents === 0 ? '整' : `${DIGITS.charAt(cents)}分`}`;
}

function formatWhole(value: bigint): string {
  let text = '';
  let rest = value;
  for (const [unit, factor] of [...BIG_UNITS].reverse()) {
    const group = rest / factor;
    rest %= factor;
    if (group === 0n) continue;
    text += `${pad(text, group)}${formatGroup(group)}${unit}`;
  }
  return rest === 0n ? text : `${text}${pad(text, rest)}${formatGroup(rest)}`;
}

function pad(before: string, group: bigint): string {
  return before !== '' && group < 1000n ? '零' : '';
}

function formatGroup(group: bigint): string {
  let text = '';
  let rest = group;
  let gap = false;
  for (const [unit, factor] of [
    ['仟', 1000n],
    ['佰', 100n],
    ['拾', 10n],
    ['', 1n],
  ] as const) {
    const place = rest / factor;
    rest %= factor;
    if (place === 0n) {
      gap = text !== '';
      continue;
    }
    text += `${gap ? '零' : ''}${DIGITS.charAt(Number(place))}${unit}`;
    gap = false;
  }
  return text;
}
