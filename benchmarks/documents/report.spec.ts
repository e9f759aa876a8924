import { compareDocument } from './compare-document';
import { billReading, expectedDocument, field, readingOf } from './document.fixture';
import { renderReport } from './report';

const NOTES = { pack: 'p', unread: [], split: [], withMisses: false };
const RIGHT = compareDocument(expectedDocument(), readingOf(billReading()), 10);
const WRONG = compareDocument(
  expectedDocument({ file: 'b.jpg', note: 'blurred' }),
  readingOf(billReading({ fields: { billCode: field('32060127'), payer: field('张二', { confidence: 0.5 }) }, items: [], otherInfo: [] })),
  40,
);
const CONFLICT = compareDocument(expectedDocument({ form: 'conflict', expect: 'review' }), readingOf(billReading()), 20);
const LOOKALIKE = compareDocument(expectedDocument({ form: 'lookalike', expect: 'refuse', bills: [] }), readingOf(), 20);

/** Cells of the row of a table, by the names of its columns. */
function cells(report: string, title: string, row: string): Record<string, string> {
  const [section = ''] = report.split('## ').filter((part) => part.startsWith(title));
  const lines = section.split('\n');
  const split = (line = '') => line.split('|').map((cell) => cell.trim());
  const header = split(lines[2]);
  const values = split(lines.find((line) => line.startsWith(`| ${row} |`)));
  return Object.fromEntries(header.map((name, index) => [name, values[index] ?? '']));
}

describe('renderReport', () => {
  const report = renderReport([RIGHT, WRONG, CONFLICT, LOOKALIKE], NOTES);

  it('counts what is exact by form, of documents that are to be read in full', () => {
    expect(cells(report, 'Fields and rows', 'ALL')).toMatchObject({
      files: '2',
      bills: '2',
      'all five': '1/2',
      billCode: '1/2',
      billNumber: '2/2',
      payer: '1/2',
      'all fields': '20/22 (90.9 %)',
      'bills whole': '1/2',
      items: '1/2 (50.0 %)',
      'other info': '1/2 (50.0 %)',
    });
    expect(cells(report, 'Fields and rows', 'conflict')).toMatchObject({ files: '' });
    // Nobody says of it what is printed.
    expect(cells(report, 'Fields and rows', 'ALL')).not.toHaveProperty('payerCreditCode');
  });

  it('counts decisions against what each file calls for, with the time', () => {
    expect(cells(report, 'Decisions', 'img')).toMatchObject({
      'to read: auto': '2/2',
      'wrong in auto': '1',
      'median ms': '25',
      'max ms': '40',
    });
    expect(cells(report, 'Decisions', 'conflict')).toMatchObject({ 'to review: caught': '0/1' });
    expect(cells(report, 'Decisions', 'lookalike')).toMatchObject({ 'to refuse: caught': '1/1', 'auto of readable bills': '–' });
    expect(report).toContain('## WRONG IN AUTO\n\n- b.jpg: billCode\n');
  });

  it('says where elements came from and what confidences are worth', () => {
    expect(cells(report, 'Sources', 'img')).toMatchObject({ billCode: 'ocr 2' });
    expect(report).toContain('Of the fields at ≥ 0.99, at least 99 % are right: DOES NOT HOLD, 20/21');
  });

  it('shows the notes of a form apart, and what is not right, when asked', () => {
    expect(cells(renderReport([RIGHT, WRONG], { ...NOTES, split: ['img'] }), 'Decisions', 'img: blurred')).toMatchObject({ files: '1' });
    const missed = renderReport([RIGHT, WRONG, CONFLICT], { ...NOTES, withMisses: true });
    expect(missed).toContain('- b.jpg (blurred): auto');
    expect(missed).toContain('payer “张三” read “张二” (ocr 0.500)');
    expect(missed).toContain('item “检查费 486.20” not read');
    expect(missed).toContain('- a.jpg (): auto, to review');
    expect(report).not.toContain('Not wholly right');
  });
});
