/** One text field of a form, in the order it was or will be sent. */
export type FormField = readonly [name: string, value: string];

/** Limits of a form that a client may post to the compatible endpoints. */
export const FORM_LIMITS = { maxFields: 32, maxValueBytes: 256 } as const;

/** A form body that cannot be accepted; `reason` says which rule it broke, never what stood in it. */
export class FormError extends Error {
  override readonly name = 'FormError';
  constructor(readonly reason: 'unsupportedType' | 'malformed' | 'filePart' | 'tooManyFields' | 'valueTooLong' | 'bodyTooLong') {
    super(`form refused: ${reason}`);
  }
}

/** Encodes text fields as multipart/form-data; the boundary must occur in no value. */
export function encodeMultipart(fields: readonly FormField[], boundary: string): Buffer {
  const parts = fields.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`, 'utf8');
}

/**
 * Reads the text fields of a multipart body. A file part is refused, its bytes are not kept.
 * @throws FormError
 */
export function parseMultipart(body: Buffer, contentType: string): FormField[] {
  const boundary = /boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`;
  if (delimiter === '--') throw new FormError('malformed');
  // A delimiter counts at the start of a line only, so the body is read as if a line ended just before it.
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n${delimiter}`);
  const last = pieces.pop();
  if (pieces.length === 0 || !last?.startsWith('--')) throw new FormError('malformed');
  const parts = pieces.slice(1);
  if (parts.length > FORM_LIMITS.maxFields) throw new FormError('tooManyFields');
  return parts.map(readPart);
}

function readPart(part: string): FormField {
  const split = part.indexOf('\r\n\r\n');
  if (split < 0) throw new FormError('malformed');
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(part.slice(0, split))?.[1] ?? '';
  if (/\bfilename\*?\s*=/i.test(disposition)) throw new FormError('filePart');
  const name = /\bname="([^"]*)"|\bname=([^;\s"]+)/i.exec(disposition);
  if (!name) throw new FormError('malformed');
  const value = part.slice(split + 4);
  if (value.length > FORM_LIMITS.maxValueBytes) throw new FormError('valueTooLong');
  return [utf8(name[1] ?? name[2] ?? ''), utf8(value)];
}

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
