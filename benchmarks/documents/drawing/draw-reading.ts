import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '@app/contracts';
import { openDocument } from '@app/documents';
import sharp from 'sharp';
import type { DocumentMeasure } from '../compare-document';
import type { ExpectedDocument } from '../expected-document';
import { pageOverlay } from './page-overlay';
import { pagePicture } from './page-picture';
import { panelHeight, type PanelLine, panelLines, panelMarkup } from './reading-panel';

/** A page is drawn at most so wide; the list beside it is this wide. */
const PAGE_WIDTH = 1600;
const PANEL_WIDTH = 860;

/** One file that was read, with what is printed on it. */
export interface DrawnReading {
  expected: ExpectedDocument;
  reading: Reading;
  measure: DocumentMeasure;
}

/** A page as drawn: its size, its pixels, and the frames over them. */
interface DrawnPage {
  width: number;
  height: number;
  picture: Buffer;
  overlay: string;
}

/** Writes a PNG for each page that was read, named after the file; data, and what could not be opened, give one without a page. */
export async function drawReading(drawn: DrawnReading, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { expected, reading, measure } = drawn;
  const lines = panelLines(expected, reading, measure);
  if (reading.pages.length === 0) return write(join(folder, `${expected.file}.png`), lines, null);
  const document = await openDocument(await readFile(expected.path));
  try {
    for (const [index, shown] of reading.pages.entries()) {
      const number = index + 1;
      const scale = Math.min(1, PAGE_WIDTH / shown.width);
      const picture = await pagePicture(document, number, shown, scale);
      const page = { ...(await sizeOf(picture)), picture, overlay: pageOverlay(reading.bills, number, shown, scale) };
      await write(join(folder, `${expected.file}.p${number}.png`), lines, page);
    }
  } finally {
    await document.close();
  }
}

async function sizeOf(picture: Buffer): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(picture).metadata();
  return { width, height };
}

async function write(path: string, lines: readonly PanelLine[], page: DrawnPage | null): Promise<void> {
  const width = (page?.width ?? 0) + PANEL_WIDTH;
  const height = Math.max(page?.height ?? 0, panelHeight(lines));
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${page?.overlay ?? ''}${panelMarkup(lines, page?.width ?? 0)}</svg>`;
  await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite([...(page ? [{ input: page.picture, left: 0, top: 0 }] : []), { input: Buffer.from(markup), left: 0, top: 0 }])
    .png()
    .toFile(path);
}
