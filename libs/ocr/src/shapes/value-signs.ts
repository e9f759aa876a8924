/**
 * Digits, capital numerals and the units of an amount: signs that carry a value. One that was read stays what it is and none is added
 * or dropped, whatever else would fit a shape better: exchanging 3 for 8 or 贰 for 叁 could hide an altered amount.
 */
const VALUE_SIGNS: ReadonlySet<string> = new Set('0123456789零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分');

/** Whether a folded character carries a value. */
export function isValueSign(sign: string): boolean {
  return VALUE_SIGNS.has(sign);
}
