/** 毫 in a 分 and in a yuan: contracts price calls in fractions of a 分, so money of calls is counted in ten-thousandths of a yuan. */
export const HAO_PER_FEN = 100n;
const HAO_PER_YUAN = 10_000n;
const PLACES = 4;
const YUAN = /^(\d{1,12})(?:\.(\d{1,4}))?$/;

/** Yuan as a decimal with at most four places in 毫, or null for anything else. */
export function parseYuan(text: string): bigint | null {
  const [, whole, fraction = ''] = YUAN.exec(text) ?? [];
  return whole === undefined ? null : BigInt(whole) * HAO_PER_YUAN + BigInt(fraction.padEnd(PLACES, '0'));
}

/** 毫 as yuan with two places, or up to four where they are needed. */
export function formatYuan(hao: bigint): string {
  const fraction = String(hao % HAO_PER_YUAN).padStart(PLACES, '0');
  return `${hao / HAO_PER_YUAN}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, '')}`;
}
