import { Certificate } from './certificate';

const PEM = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END/gu;

/** The certificates in a file, PEM (any number, with text between them) or DER (one). Null where one that is announced cannot be read, or none is. */
export function readCertificates(bytes: Uint8Array): Certificate[] | null {
  const text = Buffer.from(bytes).toString('latin1');
  const blocks = text.includes('-----BEGIN ') ? [...text.matchAll(PEM)].map(([, body = '']) => Buffer.from(body, 'base64')) : [bytes];
  const found = blocks.map((block) => Certificate.read(block));
  const read = found.filter((certificate) => certificate !== null);
  return read.length > 0 && read.length === found.length ? read : null;
}
