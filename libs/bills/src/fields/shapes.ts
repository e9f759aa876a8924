import type { FieldName } from '@app/contracts';
import { amountInWords, date, decodeAs, digits, hexadecimalCode, money, type Decoded, type Shape as PrintShape } from '@app/ocr/shapes';
import { parseDay } from '../checks/calendar';
import { confidenceOf, foldedOf, glyphsOf, nameOf, trimSpan, type Span } from '../layout/span';
import { parseAccount } from '../parties/account';
import { formatAmount, parseAmount } from '../money/amount';
import { parseAmountInWords, straightenWords } from '../money/amount-in-words';
import type { Shaped } from './candidate';
import { hasHole } from './lost-character';

const AROUND = /^[:;.,'"`·、。\-_|~=]$/u;

/** The currency sign is no part of the amount, and recognisers are unsure of it; a Y is a yen sign with one bar lost. */
const AROUND_MONEY = /^[:;.,'"`·、。\-_|~=¥Y元]$/u;

/** The shapes of what is printed for an element or the amount in words, for this room and for the engine that reads the lines. */
export const PRINT_SHAPES = {
  billCode: digits(8),
  billNumber: digits(10),
  checkCode: hexadecimalCode(6),
  issueDate: date(),
  totalAmount: money(),
  totalAmountInWords: amountInWords(),
} satisfies Partial<Record<FieldName, PrintShape>>;

/** Reads a field's value from the print after its label; null when it has not the field's shape. */
export type Shape = (span: Span) => Shaped | null;

/** The shape of each field's value. */
export const SHAPES: Record<Exclude<FieldName, 'title'>, Shape> = {
  billCode: (span) => figures(span, PRINT_SHAPES.billCode, 8),
  billNumber: (span) => figures(span, PRINT_SHAPES.billNumber, 10),
  checkCode,
  issueDate,
  totalAmount,
  totalAmountInWords,
  payer: name,
  payee,
  reviewer: name,
  cashier: name,
  payerCreditCode,
  payerAgent: name,
  payerAccount: account,
  payerBank: name,
  payeeCode: officeCode,
  payeeAccountName: name,
  payeeAccount: account,
  payeeBank: name,
  operator: name,
  payCode: officeCode,
};

/** A leading part of the span that matches a pattern over its folded text, punctuation around it dropped. */
function lead(span: Span, pattern: RegExp, around = AROUND): { text: string; span: Span } | null {
  const trimmed = trimSpan(span, around);
  const match = pattern.exec(foldedOf(trimmed));
  if (!match) return null;
  return { text: match[0], span: { ...trimmed, end: trimmed.start + match[0].length } };
}

/** The span's characters as the most probable text of a shape; null when none fits. */
function decoded(span: Span, shape: PrintShape): Decoded | null {
  return decodeAs(
    glyphsOf(span).map(({ folded, confidence, alternatives }) => ({ text: folded, confidence, alternatives })),
    shape,
  );
}

/** Code and number are digits by definition, so a letter in them is a misread digit; the repair is recorded. */
function figures(span: Span, shape: PrintShape, length: number): Shaped | null {
  const found = lead(span, /^[0-9A-Za-z|]+/u);
  const text = found?.text.length === length ? decoded(found.span, shape) : null;
  return found && text ? { value: text.text, span: found.span, repaired: text.changed.length > 0 } : null;
}

/** 校验码 keeps its letters and their case: turning them into digits unseen gives wrong verdicts. A look-alike digit is proposed, to a person. */
function checkCode(span: Span): Shaped | null {
  const found = lead(span, /^[0-9A-Za-z]+/u);
  if (found?.text.length !== 6) return null;
  const code = decoded(found.span, PRINT_SHAPES.checkCode);
  if (!code || code.changed.length === 0) return { value: found.text, span: found.span, repaired: false };
  return { value: code.text, span: found.span, repaired: true, confidence: code.confidence };
}

function issueDate(span: Span): Shaped | null {
  const found = lead(span, /^(?:\d{4}年\d{1,2}月\d{1,2}日?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{8}(?!\d))/u);
  const value = found ? parseDay(found.text) : null;
  if (found && value !== null) return { value, span: found.span, repaired: false };
  return misread(trimSpan(span, AROUND), PRINT_SHAPES.issueDate, parseDay);
}

function totalAmount(span: Span): Shaped | null {
  const found = lead(span, /^\d[\d,]*\.\d{2}(?!\d)/u, AROUND_MONEY);
  const value = found ? amountOf(found.text) : null;
  if (found && value !== null) return { value, span: found.span, repaired: false };
  return misread(trimSpan(span, AROUND_MONEY), PRINT_SHAPES.totalAmount, amountOf);
}

function amountOf(text: string): string | null {
  const fen = parseAmount(text);
  return fen === null ? null : formatAmount(fen);
}

/** The value of a span in which something was misread: a proposal, as certain as the recogniser was of what is taken instead. */
function misread(span: Span, shape: PrintShape, valueOf: (text: string) => string | null): Shaped | null {
  const text = decoded(span, shape);
  const value = text ? valueOf(text.text) : null;
  return text && value !== null ? { value, span, repaired: text.changed.length > 0, confidence: text.confidence } : null;
}

/** The words as printed, look-alike characters straightened. Strokes of a seal before the first numeral or after the last unit are left out. */
function totalAmountInWords(span: Span): Shaped | null {
  const found = lead(span, /^[^\d:()¥]+/u);
  if (!found) return null;
  const match = /[壹贰叁肆伍陆柒捌玖拾零].*[元角分整]/u.exec(straightenWords(found.text));
  if (!match) return null;
  const start = found.span.start + match.index;
  const words = { ...found.span, start, end: start + match[0].length };
  if (parseAmountInWords(match[0]) !== null) return { value: match[0], span: words, repaired: match[0] !== found.text };
  return misread(words, PRINT_SHAPES.totalAmountInWords, (text) => (parseAmountInWords(text) === null ? null : straightenWords(text)));
}

function name(span: Span): Shaped | null {
  const trimmed = trimSpan(span, AROUND);
  const value = nameOf(trimmed);
  if (value === '') return null;
  const confidence = Math.min(hasHole(trimmed) ? WITH_HOLE : 1, confidenceOf(trimmed));
  return { value, span: trimmed, repaired: false, confidence };
}

/** How certain a name is from which a character seems lost. */
const WITH_HOLE = 0.5;

/** Print of so many characters is a name already; what follows it alone after a blank of this many text heights is a seal's. */
const WHOLE_NAME = 4;
const AFTER_NAME = 0.5;

/** A seal stamped over the end of the name is read into it. */
function payee(span: Span): Shaped | null {
  const found = lead(span, /^.*?(?=(?:财务|收费|票据|发票|业务)?专用章)/u);
  return withOrdinal(name(withoutStrayEnd(found ? found.span : span)));
}

/** 第 without its numeral: 一 is a single thin stroke, and the only one that gets lost whole. */
const LOST_ORDINAL = /第(?=人民|中医|医院|附属|中学|小学|实验|幼儿)/u;

/** How certain a numeral is that nobody saw. */
const SUPPLIED = 0.9;

function withOrdinal(read: Shaped | null): Shaped | null {
  if (!read || !LOST_ORDINAL.test(read.value)) return read;
  return {
    ...read,
    value: read.value.replace(LOST_ORDINAL, '第一'),
    repaired: true,
    confidence: Math.min(SUPPLIED, confidenceOf(read.span)),
  };
}

/** An account's digits, in groups or masked. A character that is none of it makes it another thing. */
function account(span: Span): Shaped | null {
  const found = lead(span, /^[\d*×★☆-]+(?![\dA-Za-z*×★☆-])/u);
  const value = found ? parseAccount(found.text) : null;
  return found && value !== null ? { value, span: found.span, repaired: false } : null;
}

/** What an office numbers units and payments with: letters, digits and hyphens, at least one digit. */
function officeCode(span: Span): Shaped | null {
  const found = lead(span, /^(?=[A-Za-z-]*\d)[0-9A-Za-z-]{2,40}(?![0-9A-Za-z-])/u);
  return found ? { value: found.text, span: found.span, repaired: false } : null;
}

function withoutStrayEnd(span: Span): Span {
  const last = glyphsOf(span).at(-1);
  const isStray = last?.startsBox === true && last.gap > AFTER_NAME && span.end - span.start > WHOLE_NAME;
  return isStray ? { ...span, end: span.end - 1 } : span;
}

/** Stars of a mask as recognisers give them: printed close together, some or all are taken for characters, and some for one. */
const MASKED = /^(?:[*×★☆]|\p{Script=Han}[*×★☆\p{Script=Han}])[*×★☆\p{Script=Han}]*(?=\d{3}[\dXx]$)/u;

/** How certain a mask is whose stars and characters do not make up a number. */
const ODD_MASK = 0.5;

/**
 * A credit code, or an identity number masked but for its end. An identity number has 18 characters, and how many stars are printed
 * close together cannot be counted in a picture, so a masked one is filled up to 18, and is as certain as what is not masked of it.
 */
function payerCreditCode(span: Span): Shaped | null {
  const found = lead(span, /^[0-9A-Za-z*×★☆\p{Script=Han}]+/u);
  if (!found) return null;
  const mask = MASKED.exec(found.text)?.[0];
  if (mask !== undefined) {
    const shown = { ...found.span, start: found.span.start + mask.length };
    const value = found.text.slice(mask.length).toUpperCase().padStart(18, '*');
    return { value, span: found.span, repaired: false, confidence: confidenceOf(shown) };
  }
  if (found.text.length < 8 || !/^[0-9A-Za-z*]+$/u.test(found.text)) return null;
  const isOdd = found.text.includes('*') && found.text.length !== 18;
  return { value: found.text, span: found.span, repaired: false, confidence: Math.min(isOdd ? ODD_MASK : 1, confidenceOf(found.span)) };
}
