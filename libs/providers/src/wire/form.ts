import { FORM_LIMITS, FormError, parseMultipart, type FormField } from './multipart';

/** Encodes text fields as application/x-www-form-urlencoded. */
export function encodeForm(fields: readonly FormField[]): Buffer {
  return Buffer.from(new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(), 'utf8');
}

/**
 * Reads the text fields of a posted form in either encoding.
 * @throws FormError
 */
export function parseForm(body: Buffer, contentType: string): FormField[] {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === 'multipart/form-data') return parseMultipart(body, contentType);
  if (mediaType === 'application/x-www-form-urlencoded') return parseFormText(body.toString('utf8'));
  throw new FormError('unsupportedType');
}

/**
 * Reads the fields of a query string or an urlencoded body.
 * @throws FormError
 */
export function parseFormText(text: string): FormField[] {
  const fields = [...new URLSearchParams(text)];
  if (fields.length > FORM_LIMITS.maxFields) throw new FormError('tooManyFields');
  if (fields.some(([, value]) => Buffer.byteLength(value) > FORM_LIMITS.maxValueBytes)) throw new FormError('valueTooLong');
  return fields;
}
