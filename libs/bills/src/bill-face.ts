import type { BillItem, BillKind, BillReading, FieldName, OtherInfo, PageCode } from '@app/contracts';
import type { Candidate } from './fields/candidate';
import type { PlacedLine } from './layout/placed-line';
import type { TitlePhrase } from './title/title-lexicon';

/** What a title says: its wording, the kind it means, and the first two digits its province gives a bill code. */
export interface BillTitle {
  value: string;
  phrase: TitlePhrase;
  regionPrefix: string | null;
}

/** What one bill says of itself, in print or as data, before anything is compared or decided. */
export interface BillFace {
  source: 'ocr' | 'text' | 'xml';
  page: { number: number; codes: PageCode[] };
  /** The lines it is printed in; data has none. */
  lines: PlacedLine[];
  /** How many bills share the page. */
  billsOnPage: number;
  /** Whether its print stands clear of any other bill's on the page. */
  standsApart: boolean;
  title: BillTitle | null;
  kind: BillKind | null;
  /** Every value found for each field, in reading order. */
  values: Map<FieldName, Candidate[]>;
  /** True when the amount in figures stood away from its label and was found as the amount that equals the words. */
  isAmountDetached: boolean;
  /** The region in the 电子票据标识 (`CZ-EI-32`), which only data carries. */
  tagRegion: string | null;
  items: BillItem[];
  /** In 分; null unless every row has a readable amount. */
  itemSum: bigint | null;
  otherInfo: OtherInfo[];
  signatures: BillReading['signatures'];
  /** The same bill as a less sure source shows it. */
  witness: BillFace | null;
}
