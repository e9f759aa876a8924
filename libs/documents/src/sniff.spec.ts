import { sniff } from './sniff';

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.alloc(part))));

describe('sniff', () => {
  it.each([
    ['image/jpeg', bytes('\xff\xd8\xff\xe0', 12)],
    ['image/png', bytes('\x89PNG\r\n\x1a\n', 8)],
    ['image/webp', bytes('RIFF', 4, 'WEBPVP8 ')],
    ['image/tiff', bytes('II*\0', 12)],
    ['image/tiff', bytes('MM\0*', 12)],
    ['image/gif', bytes('GIF89a', 10)],
    ['image/bmp', bytes('BM', 12, 40)],
    ['application/pdf', bytes('%PDF-1.7\n', 7)],
    ['application/pdf', bytes('mailed by a scanner\r\n%PDF-1.4\n')],
    ['application/zip', bytes('PK\x03\x04', 26)],
    ['application/xml', bytes('<?xml version="1.0" encoding="GBK"?>')],
    ['application/xml', bytes('\n  <p:EInvoice>')],
    ['application/xml', bytes('<!DOCTYPE a [')],
    ['application/xml', bytes('\xef\xbb\xbf<EInvoice>')],
    ['application/xml', Buffer.from('\ufeff<EInvoice>', 'utf16le')],
    ['application/xml', Buffer.from('<?xml version', 'utf16le').swap16()],
  ])('knows %s by its first bytes', (mediaType, start) => expect(sniff(start)).toBe(mediaType));

  it.each([
    ['a sound file in the same wrapper as WebP', bytes('RIFF', 4, 'WAVEfmt ')],
    ['a text that begins like a bitmap', bytes('BMW drives on and on')],
    ['a web page', bytes('<!DOCTYPE html><html lang="en">')],
    ['a web page without a doctype', bytes('<HTML><head>')],
    ['a text that begins with a bracket', bytes('<3 and more')],
    ['a text that names PDF late', bytes(1024, '%PDF-1.7\n')],
    ['a cut signature', bytes('\x89PNG')],
    ['nothing', bytes()],
  ])('does not take %s for an image', (_, start) => expect(sniff(start)).toBeNull());
});
