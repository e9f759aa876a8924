import type { PageImage } from './page-image';
import type { DocumentSignature } from './signatures/document-signature';
import type { MediaType } from './sniff';
import type { TextLine } from './text/text-line';
import type { XmlElement } from './xml/read-xml';

/** A picture that stands on a page of text, such as a QR code. */
export interface PagePicture {
  image: PageImage;
}

/** A page as pixels: a photograph, a scan, or a drawing whose text the file does not give or cannot be believed. */
export interface PicturePage {
  kind: 'picture';
  /** From 1. */
  number: number;
  image: PageImage;
}

/** A page whose text the file itself gives. Size and quads are in pixels of the page as shown. */
export interface TextPage {
  kind: 'text';
  /** From 1. */
  number: number;
  width: number;
  height: number;
  lines: TextLine[];
  /** Where QR codes may be; large pictures and the page's own drawing are left out. */
  pictures: PagePicture[];
}

export type DocumentPage = PicturePage | TextPage;

/** A document opened for reading. Its pages are made one at a time, because their pixels are large. Every method may throw `DocumentError`. */
export interface OpenedDocument {
  readonly mediaType: MediaType;
  /** 0 for data. */
  readonly pageCount: number;
  /** The roots of what is data: the document itself, or the files attached to it that are XML. */
  readonly xml: readonly XmlElement[];
  /** The electronic signatures in it, and whether each holds. */
  readonly signatures: readonly DocumentSignature[];
  /** A page, numbered from 1, from the surest source it has. */
  page(number: number): Promise<DocumentPage>;
  /** The page as it looks, numbered from 1; null where this form of document cannot be drawn. */
  picture(number: number): Promise<PageImage | null>;
  /** Gives memory back; nothing may be asked afterwards. */
  close(): Promise<void>;
}
