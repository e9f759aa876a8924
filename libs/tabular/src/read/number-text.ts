/** A spreadsheet's numbers carry 15 digits; what a file holds beyond is the noise of its binary fraction. */
const SIGNIFICANT_DIGITS = 15;

/** No identifier or amount is longer, and an exponent must not make one. */
const MAX_DIGITS = 40;

interface Decimal {
  isNegative: boolean;
  /** Without leading zeros. */
  digits: string;
  /** How many of them are behind the point; negative where zeros follow. */
  scale: number;
}

/**
 * The exact decimal text of a number as a workbook stores it (`1234.5`, `1.2E+3`, `0.30000000000000004`): without an exponent, and a fraction
 * rounded to the 15 digits that a spreadsheet shows. Whole numbers keep every digit. A text that is no number, or far too long, stays as it is.
 */
export function numberText(stored: string): string {
  const decimal = parsed(stored);
  if (decimal === null) return stored;
  return written(decimal.scale > 0 ? rounded(decimal) : decimal);
}

function parsed(stored: string): Decimal | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[Ee]([+-]?\d{1,3}))?$/.exec(stored.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return null;
  const digits = (whole + fraction).replace(/^0+/, '');
  const scale = fraction.length - Number(exponent);
  if (digits.length > MAX_DIGITS || Math.abs(scale) > MAX_DIGITS) return null;
  return { isNegative: sign === '-', digits, scale };
}

function rounded({ isNegative, digits, scale }: Decimal): Decimal {
  const excess = digits.length - SIGNIFICANT_DIGITS;
  if (excess <= 0) return { isNegative, digits, scale };
  const dropped = Math.min(excess, scale);
  const kept = BigInt(digits.slice(0, digits.length - dropped)) + (digits.charAt(digits.length - dropped) >= '5' ? 1n : 0n);
  return { isNegative, digits: kept.toString(), scale: scale - dropped };
}

function written({ isNegative, digits, scale }: Decimal): string {
  const padded = scale > 0 ? digits.padStart(scale + 1, '0') : digits + '0'.repeat(digits === '' ? 0 : -scale);
  const whole = scale > 0 ? padded.slice(0, -scale) : padded;
  const fraction = scale > 0 ? padded.slice(-scale).replace(/0+$/, '') : '';
  const text = (whole === '' ? '0' : whole) + (fraction === '' ? '' : `.${fraction}`);
  return isNegative && text !== '0' ? `-${text}` : text;
}

/** A number in scientific notation with all its digits (`1.23E+5`), as a spreadsheet shows it. */
export function scientificText(stored: string): string {
  const decimal = parsed(stored);
  if (decimal === null || decimal.digits === '') return stored;
  const { isNegative, digits, scale } = decimal;
  const exponent = digits.length - 1 - scale;
  const mantissa = digits.replace(/0+$/, '');
  const fraction = mantissa.length > 1 ? `.${mantissa.slice(1)}` : '';
  return `${isNegative ? '-' : ''}${mantissa.charAt(0)}${fraction}E${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}
