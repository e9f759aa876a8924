import type { Source } from '@app/contracts';
import { isElement } from './compare-bill';
import type { DocumentMeasure } from './compare-document';
import { wilson } from './wilson';

/** One field that a reading gave, with how sure it was. */
export interface Claim {
  isElement: boolean;
  source: Source;
  confidence: number;
  isRight: boolean;
}

/** Fields of one span of confidence: `from` belongs to it. */
export interface Bin {
  from: number;
  count: number;
  right: number;
  /** Mean confidence; undefined where nothing was counted. */
  confidence: number | undefined;
  low: number;
  high: number;
}

/** What confidences are worth, for a group of fields. */
export interface Calibration {
  group: string;
  bins: Bin[];
  /** Mean distance between confidence and share right over the bins, weighed by their counts; undefined without fields. */
  error: number | undefined;
}

/** Lower bounds, surest first. */
const BOUNDS = [0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0] as const;
const SOURCES: readonly Source[] = ['xml', 'text', 'qr', 'ocr'];

/** Every field that was read of documents that are to be read in full, and of bills that are not there. */
export function claimsOf(measures: readonly DocumentMeasure[]): Claim[] {
  return measures
    .filter(({ expect }) => expect === 'read')
    .flatMap(({ bills }) => bills.flatMap(({ fields }) => fields))
    .flatMap(({ name, field }) => (field ? [{ ...field, isElement: isElement(name) }] : []));
}

/** All fields, elements and others, and the fields of each source that gave any. */
export function calibrate(claims: readonly Claim[]): Calibration[] {
  const of = (group: string, belongs: (claim: Claim) => boolean) => calibration(group, claims.filter(belongs));
  const sources = SOURCES.filter((source) => claims.some((claim) => claim.source === source));
  return [
    of('all', () => true),
    of('elements', (claim) => claim.isElement),
    of('other fields', (claim) => !claim.isElement),
    ...sources.map((source) => of(source, (claim) => claim.source === source)),
  ];
}

function calibration(group: string, claims: readonly Claim[]): Calibration {
  const bins = BOUNDS.map((from, index) => {
    const below = index === 0 ? Infinity : (BOUNDS[index - 1] ?? Infinity);
    return binOf(
      from,
      claims.filter(({ confidence }) => confidence >= from && confidence < below),
    );
  });
  const distance = bins.reduce((sum, { count, right, confidence }) => sum + Math.abs((confidence ?? 0) * count - right), 0);
  return { group, bins, error: claims.length === 0 ? undefined : distance / claims.length };
}

function binOf(from: number, claims: readonly Claim[]): Bin {
  const count = claims.length;
  const right = claims.filter(({ isRight }) => isRight).length;
  const total = claims.reduce((sum, { confidence }) => sum + confidence, 0);
  return { from, count, right, confidence: count === 0 ? undefined : total / count, ...wilson(right, count) };
}

/** The promise of confidences: of the fields at 0.99 or more, at least 99 % are right. */
export interface SureFields {
  count: number;
  right: number;
  holds: boolean;
  low: number;
}

/** Whether the promise holds for these fields; `low` is the lower end of the 95 % interval. */
export function sureFields(claims: readonly Claim[]): SureFields {
  const sure = claims.filter(({ confidence }) => confidence >= BOUNDS[0]);
  const right = sure.filter(({ isRight }) => isRight).length;
  return { count: sure.length, right, holds: right >= 0.99 * sure.length, low: wilson(right, sure.length).low };
}
