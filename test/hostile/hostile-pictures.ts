import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { denseZlib } from './dense-deflate';
import { onePage } from './pdf-file';
import { HARMLESS, type HostileFile } from './hostile-file';
import { zipFile } from './zip-file';

const TOO_LARGE = ['refused: too-large', 'refused: damaged', 'refused: unsupported-form'] as const;

const small = () => sharp({ create: { width: 16, height: 16, channels: 3, background: '#fff' } });

/** Pictures that claim or hold more than they should, and files that are two things at once. */
export const HOSTILE_PICTURES: readonly HostileFile[] = [
  { name: 'a PNG of 60,000 by 60,000 pixels', make: () => png(60_000, 60_000), ends: ['refused: too-large'] },
  { name: 'a PNG that inflates to a hundred times its size', make: () => png(7_000, 7_000), ends: ['refused: damaged'] },
  { name: 'a JPEG of 65,500 by 65,500 pixels', make: hugeJpeg, ends: TOO_LARGE },
  { name: 'a WebP of 16,383 by 16,383 pixels', make: hugeWebp, ends: TOO_LARGE },
  { name: 'a GIF of 65,535 by 65,535 pixels', make: hugeGif, ends: [...TOO_LARGE, ...HARMLESS] },
  { name: 'a bitmap of 2 thousand million pixels a row', make: hugeBitmap, ends: ['refused: too-large'] },
  { name: 'a TIFF whose directories lead in a circle', make: () => tiff({ next: 8 }), ends: [...TOO_LARGE, ...HARMLESS] },
  { name: 'a TIFF of 4 thousand million pixels a row', make: () => tiff({ width: 0xffffffff }), ends: TOO_LARGE },
  { name: 'a TIFF whose directory has 65,535 entries', make: () => tiff({ entries: 0xffff }), ends: [...TOO_LARGE, ...HARMLESS] },
  { name: 'a TIFF whose first directory is beyond its end', make: () => tiff({ first: 0x7fffffff }), ends: TOO_LARGE },
  {
    name: 'a PNG that is an archive, too',
    make: async () => Buffer.concat([await small().png().toBuffer(), zipFile([{ name: 'OFD.xml', content: '<OFD/>' }])]),
    ends: HARMLESS,
  },
  { name: 'a JPEG that is a PDF, too', make: async () => Buffer.concat([await small().jpeg().toBuffer(), onePage('')]), ends: HARMLESS },
  {
    name: 'a PDF that is an archive, too',
    make: () => Buffer.concat([onePage(''), zipFile([{ name: 'OFD.xml', content: '<OFD/>' }])]),
    ends: HARMLESS,
  },
  {
    name: 'an archive that is a PDF, too',
    make: () =>
      zipFile([
        { name: 'OFD.xml', content: '<OFD/>' },
        { name: 'a.pdf', deflated: onePage(''), method: 0, storedBytes: onePage('').length, bytes: onePage('').length },
      ]),
    ends: ['refused: damaged'],
  },
  {
    name: 'a PDF behind a page of the web',
    make: () => Buffer.concat([Buffer.from('<html><script>1</script>'), onePage('')]),
    ends: [...HARMLESS, 'refused: unsupported-form'],
  },
];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A picture of one colour whose data inflate to so many MiB. */
export function png(width: number, height: number, mebibytes = 512): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', denseZlib(mebibytes)), chunk('IEND', Buffer.alloc(0))]);
}

async function hugeJpeg(): Promise<Buffer> {
  const bytes = await small().jpeg().toBuffer();
  const frame = bytes.indexOf(Buffer.from('ffc0', 'hex'));
  bytes.writeUInt16BE(65_500, frame + 5);
  bytes.writeUInt16BE(65_500, frame + 7);
  return bytes;
}

async function hugeWebp(): Promise<Buffer> {
  const bytes = await small().webp({ lossless: true }).toBuffer();
  bytes.writeUInt32LE(((bytes.readUInt32LE(21) & 0xf0000000) | 0x0fffffff) >>> 0, 21);
  return bytes;
}

async function hugeGif(): Promise<Buffer> {
  const bytes = await small().gif().toBuffer();
  bytes.writeUInt16LE(65_535, 6);
  bytes.writeUInt16LE(65_535, 8);
  return bytes;
}

function hugeBitmap(): Buffer {
  const bytes = Buffer.alloc(60);
  bytes.write('BM');
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(2_000_000_000, 18);
  bytes.writeInt32LE(2_000_000_000, 22);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

/** A grey picture of one strip, with one of its numbers replaced. */
function tiff({
  width = 16,
  next = 0,
  entries = 9,
  first = 8,
}: {
  width?: number;
  next?: number;
  entries?: number;
  first?: number;
}): Buffer {
  const tags = [
    [256, width],
    [257, 16],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 200],
    [277, 1],
    [278, 16],
    [279, 256],
  ];
  const bytes = Buffer.alloc(200 + 256, 0xff);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(first, 4);
  bytes.writeUInt16LE(entries, 8);
  tags.forEach(([tag = 0, value = 0], i) => {
    const at = 10 + 12 * i;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(4, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  });
  bytes.writeUInt32LE(next, 10 + 12 * tags.length);
  return bytes;
}
