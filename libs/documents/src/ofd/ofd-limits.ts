import type { ArchiveLimits } from '../zip/archive-limits';
import type { XmlLimits } from '../xml/xml-limits';

/** What an OFD document's archive may cost. */
export const OFD_ARCHIVE: Readonly<Partial<ArchiveLimits>> = { maxEntries: 2_000, maxEntryBytes: 33_554_432, maxTotalBytes: 134_217_728 };

/** A page has three elements for each text, and a code that is drawn has some for each of a thousand squares. */
export const OFD_XML: Readonly<Partial<XmlLimits>> = { maxBytes: 16_777_216, maxElements: 200_000, maxDepth: 64 };

/** Attached files are bills, and read within the limits of bills. */
export const MAX_ATTACHMENTS = 32;

/** How far references may lead through one another: composite units in composite units, draw parameters on draw parameters. */
export const MAX_NESTING = 8;

/** What one page may draw; more is made to exhaust, not to be looked at. A scan in strips has some hundred pictures. */
export const MAX_IMAGES = 1_000;
export const MAX_DRAWN = 100_000;
export const MAX_STEPS = 200_000;
export const MAX_CHARS = 50_000;
export const MAX_POINTS = 1_000_000;

/** How often a page's visibility may ask what stands at a point; a bill's page asks some 100,000 times. */
export const MAX_SAMPLES = 20_000_000;

/** How often a character may have to be looked for in a picture. */
export const MAX_LOOKS = 200_000;

/** Pictures that codes are looked for in. */
export const MAX_PICTURES = 8;

/** Pixels of each of them; a code needs a tenth. */
export const MAX_PICTURE_PIXELS = 4_000_000;
