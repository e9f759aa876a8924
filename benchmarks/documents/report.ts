import { accuracyTable } from './accuracy-table';
import { claimsOf } from './calibration';
import { calibrationTable } from './calibration-table';
import { type DocumentMeasure, wrongInAuto } from './compare-document';
import { decisionTable } from './decision-table';
import { groupsOf } from './groups';
import { misses } from './misses';
import { sourceTable } from './source-table';

/** What a run was, beside its measures. */
export interface RunNotes {
  pack: string;
  /** Files that could not be read without the engine. */
  unread: readonly string[];
  /** Forms that get a row for each note. */
  split: readonly string[];
  withMisses: boolean;
}

/** The tables of a run as Markdown. */
export function renderReport(measures: readonly DocumentMeasure[], { pack, unread, split, withMisses }: RunNotes): string {
  const groups = groupsOf(measures, split);
  const wrong = measures.flatMap(wrongInAuto);
  const lines = [
    `pack ${pack}`,
    ...(unread.length > 0 ? [`not read, because they need the engine: ${unread.join(', ')}`] : []),
    '',
    ...section('Fields and rows that are exact', accuracyTable(groups)),
    ...section('Decisions and time', decisionTable(groups)),
    ...(wrong.length > 0 ? section('WRONG IN AUTO', [...wrong.map((text) => `- ${text}`), '']) : []),
    ...section('Sources of the elements', sourceTable(groups)),
    ...section('Confidence', calibrationTable(claimsOf(measures))),
    ...(withMisses ? section('Not wholly right', misses(measures)) : []),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return [`## ${title}`, '', ...lines];
}
