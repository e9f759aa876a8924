import { fixed, markdownTable } from '../markdown-table';
import { type Bin, calibrate, type Calibration, type Claim, sureFields } from './calibration';
import { tally } from './share';

/** What confidences were worth: the share that is right in each span of confidence, with its 95 % interval. */
export function calibrationTable(claims: readonly Claim[]): string[] {
  const calibrations = calibrate(claims);
  const bounds = calibrations[0]?.bins ?? [];
  const header = ['fields', ...bounds.map(({ from }, index) => spanName(from, bounds[index - 1]?.from)), 'calibration error'];
  return [...markdownTable(header, calibrations.map(row)), ...sureSentence(claims), ''];
}

function spanName(from: number, below: number | undefined): string {
  if (below === undefined) return `≥ ${from}`;
  return from === 0 ? `< ${below}` : `${from}–${below}`;
}

function row({ group, bins, error }: Calibration): string[] {
  return [group, ...bins.map(cell), fixed(error, 4)];
}

function cell({ count, right, low, high }: Bin): string {
  if (count === 0) return '–';
  return `${tally(right, count)} = ${percent(right / count)} % (${percent(low)}–${percent(high)})`;
}

function sureSentence(claims: readonly Claim[]): string[] {
  const groups = [
    { name: 'fields', claims },
    { name: 'elements', claims: claims.filter(({ isElement }) => isElement) },
    { name: 'other fields', claims: claims.filter(({ isElement }) => !isElement) },
  ];
  return groups.map(({ name, claims: group }) => {
    const { count, right, holds, low } = sureFields(group);
    return `- Of the ${name} at ≥ 0.99, at least 99 % are right: ${holds ? 'holds' : 'DOES NOT HOLD'}, ${tally(right, count)} (95 %: from ${percent(low)} %).`;
  });
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
