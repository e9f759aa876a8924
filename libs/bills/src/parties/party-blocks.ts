import type { LabelledRow } from '../fields/find-values';
import type { FoundLabel } from '../labels/find-labels';
import type { Layout } from '../layout/rows';
import { quadOf } from '../layout/span';
import { around, boxOf, sharedHeight, sharedWidth, type Box } from './box';
import { DETAIL_WORDS, type Party, type PartyDetail } from './party';
import type { PartyHeading } from './party-headings';

/** A label of a party's detail. `own` is the heading right before it, as in 付款人全称. */
interface DetailLabel {
  found: FoundLabel;
  detail: PartyDetail;
  box: Box;
  own: PartyHeading | null;
}

/** Labels of one party: each detail once, one below the other or one after the other. */
export interface PartyBlock {
  labels: DetailLabel[];
  box: Box;
}

/** Labels of a block are no more than so many text heights apart, and a heading above a block no more from it. */
const APART = 3;

/** A heading above a block may begin so many text heights to its left. */
const OUTDENT = 2;

/** The blocks of parties' details, and whose each is; null where that cannot be told. */
export function partyBlocks(
  rows: readonly LabelledRow[],
  headings: readonly PartyHeading[],
  layout: Layout,
): { block: PartyBlock; party: Party | null }[] {
  const blocks: PartyBlock[] = [];
  let last: DetailLabel | null = null;
  for (const label of rows.flatMap((row) => detailLabels(row, headings, layout))) {
    const before: DetailLabel | null = last?.found.row === label.found.row ? last : null;
    last = label;
    const block =
      blocks.find((each) => isFree(each, label) && goesBelow(each, label, headings)) ??
      blocks.find((each) => isFree(each, label) && goesBeside(each, label, before, headings));
    if (!block) blocks.push({ labels: [label], box: label.box });
    else {
      block.labels.push(label);
      block.box = around([block.box, label.box]);
    }
  }
  const free = headings.filter((heading) => !blocks.some((block) => headsFromLeft(heading, block, blocks)));
  return blocks.map((block) => ({ block, party: partyOf(block, blocks, { headings, free }) }));
}

function detailLabels({ row, labels }: LabelledRow, headings: readonly PartyHeading[], layout: Layout): DetailLabel[] {
  return labels.flatMap((found) => {
    const detail = DETAIL_WORDS.get(found.label.text);
    const quad = quadOf({ row, start: found.start, end: found.start + found.label.text.length });
    if (!detail || !quad) return [];
    const own = headings.find(({ inRow }) => inRow?.row === row && inRow.end === found.start) ?? null;
    return [{ found, detail, box: boxOf(quad, layout), own }];
  });
}

/** Whether a block has not such a label yet, nor one that is headed as another party's. */
function isFree({ labels }: PartyBlock, label: DetailLabel): boolean {
  const hasOther = labels.some(({ own }) => own !== null && label.own !== null && own.party !== label.own.party);
  return !hasOther && labels.every(({ detail }) => detail !== label.detail);
}

function goesBelow({ labels, box }: PartyBlock, label: DetailLabel, headings: readonly PartyHeading[]): boolean {
  const gap = label.box.top - box.bottom;
  const isNear = gap > -0.5 * heightOf(label) && gap < APART * heightOf(label);
  const isHeaded = headings.some((heading) => {
    const middle = (heading.box.top + heading.box.bottom) / 2;
    return middle > box.bottom && middle < label.box.top && sharedWidth(heading.box, label.box) > 0;
  });
  return isNear && !isHeaded && labels.some((other) => sharedWidth(other.box, label.box) > 0);
}

/** Whether the label before it in its row is one of the block's, with no heading in between. */
function goesBeside(block: PartyBlock, label: DetailLabel, before: DetailLabel | null, headings: readonly PartyHeading[]): boolean {
  if (!before || !block.labels.includes(before)) return false;
  return !headings.some(({ box }) => sharedHeight(box, label.box) > 0 && box.left > before.box.left && box.left < label.box.left);
}

/** The party of its labels' own headings, else of those to its left in the same rows, else of those above it that head no block from the left. */
function partyOf(
  block: PartyBlock,
  blocks: readonly PartyBlock[],
  { headings, free }: Record<'headings' | 'free', readonly PartyHeading[]>,
): Party | null {
  const own = block.labels.flatMap((label) => label.own ?? []);
  const beside = headings.filter((heading) => isBeside(heading, block, blocks));
  const [party, ...others] = new Set(firstOf(own, beside, headingsAbove(block, blocks, free)).map((heading) => heading.party));
  return others.length > 0 ? null : (party ?? null);
}

function firstOf(...choices: PartyHeading[][]): PartyHeading[] {
  return choices.find((choice) => choice.length > 0) ?? [];
}

/** Whether a heading stands left of a block in rows of it, and no other block between the two. */
function isBeside({ box }: PartyHeading, block: PartyBlock, blocks: readonly PartyBlock[]): boolean {
  const [first] = block.labels;
  if (!first || box.right > block.box.left + 0.5 * heightOf(first) || sharedHeight(box, block.box) < 0.3 * heightOf(first)) return false;
  return !blocks.some((other) => other !== block && isBetween(other.box, box, block.box));
}

function isBetween(other: Box, left: Box, right: Box): boolean {
  return other.left > left.left && other.left < right.left && sharedHeight(other, right) > 0;
}

/** The headings right above a block, up to the next block to its right. */
function headingsAbove(block: PartyBlock, blocks: readonly PartyBlock[], headings: readonly PartyHeading[]): PartyHeading[] {
  const [first] = block.labels;
  if (!first) return [];
  const height = heightOf(first);
  const neighbours = blocks.filter((other) => other.box.left > block.box.right && sharedHeight(other.box, block.box) > 0);
  const limit = Math.min(...neighbours.map(({ box }) => box.left));
  return headings.filter(({ box }) => {
    const [gap, middle] = [block.box.top - box.bottom, (box.left + box.right) / 2];
    return gap > -0.5 * height && gap < APART * height && middle > block.box.left - OUTDENT * height && middle < limit;
  });
}

function headsFromLeft(heading: PartyHeading, block: PartyBlock, blocks: readonly PartyBlock[]): boolean {
  return block.labels.some(({ own }) => own === heading) || isBeside(heading, block, blocks);
}

function heightOf({ box }: DetailLabel): number {
  return box.bottom - box.top;
}
