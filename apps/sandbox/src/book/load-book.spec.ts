import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BookError, loadBook } from './load-book';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'piaoyan-book-'));
  file = join(directory, 'book.json');
});
afterEach(() => rm(directory, { recursive: true }));

const elements = { billCode: '33060126', billNumber: '0041207735', checkCode: '7be20c', issueDate: '2026-04-09', totalAmount: '486.20' };

it('reads accounts and bills, with nothing scripted unless it says so', async () => {
  await writeFile(file, JSON.stringify({ accounts: {}, bills: [{ elements }] }));
  expect(await loadBook(file)).toEqual({ accounts: {}, fees: {}, bills: [{ elements, face: {}, delayMs: 0 }] });
});

it.each([
  ['{', 'book.json'],
  [JSON.stringify({ accounts: {}, bills: [{ elements: { ...elements, totalAmount: 486.2 } }] }), 'bills.0.elements.totalAmount'],
  [JSON.stringify({ accounts: {}, bills: [{ elements, fault: { kind: 'explode' } }] }), 'bills.0.fault'],
  [JSON.stringify({ accounts: {}, bills: [{ elements, revresed: true }] }), 'bills.0'],
])('refuses %s, naming the place', async (text, place) => {
  await writeFile(file, text);
  await expect(loadBook(file)).rejects.toThrow(BookError);
  await expect(loadBook(file)).rejects.toThrow(place);
});
