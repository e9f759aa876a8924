import { DocumentError } from '../document.error';
import type { DocumentPage, OpenedDocument } from '../opened-document';
import type { PageImage } from '../page-image';
import { paintPicture } from './paint-picture';
import { paintText } from './paint-text';
import type { PaintedPage } from './painted-page';

/**
 * A page as a person is to see it, turned clockwise by so many degrees. Where its form cannot be drawn, or this page of it, the text that
 * the file gives is drawn instead.
 */
export async function paintPage(document: OpenedDocument, page: DocumentPage, turned: 0 | 90 | 180 | 270): Promise<PaintedPage> {
  if (page.kind === 'picture') return paintPicture(page.image, turned);
  const image = await drawnOrNull(document, page.number);
  return image ? paintPicture(image, turned) : paintText(page);
}

/** The text is there even where the drawing is damaged, and showing it is better than showing nothing. */
async function drawnOrNull(document: OpenedDocument, number: number): Promise<PageImage | null> {
  try {
    return await document.picture(number);
  } catch (error) {
    if (error instanceof DocumentError) return null;
    throw error;
  }
}
