const UNITS_PER_EM = 1000;
const LAST_CODE_POINT = 0x10ffff;

/**
 * A TrueType font in which every character is the same full block. Drawn in place of a font that a file names and does not hold, it shows where
 * text stands, which is all that can be known of it: what a reader's own program would draw there is for that program to say.
 */
export function blockFont(): Uint8Array {
  const outline = glyph(60, -100, 940, 860);
  const tables: [string, number[]][] = [
    ['OS/2', os2()],
    ['cmap', cmap()],
    ['glyf', concat(outline, outline)],
    ['head', head()],
    ['hhea', concat(u32(0x10000), i16(880, -120, 0, UNITS_PER_EM, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0), u16(2))],
    ['hmtx', concat(u16(UNITS_PER_EM), i16(60), u16(UNITS_PER_EM), i16(60))],
    ['loca', u32(0, outline.length, 2 * outline.length)],
    ['maxp', concat(u32(0x10000), u16(2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0))],
    ['name', u16(0, 0, 6)],
    ['post', concat(u32(0x30000, 0), i16(-100, 50), u32(0, 0, 0, 0, 0))],
  ];
  return fileOf(tables);
}

function fileOf(tables: readonly (readonly [string, number[]])[]): Uint8Array {
  const directoryBytes = 12 + tables.length * 16;
  const directory = concat(u32(0x10000), u16(tables.length, 128, 3, tables.length * 16 - 128));
  const body: number[] = [];
  for (const [tag, bytes] of tables) {
    directory.push(...Buffer.from(tag, 'latin1'), ...u32(0, directoryBytes + body.length, bytes.length));
    body.push(...bytes);
    while (body.length % 4 !== 0) body.push(0);
  }
  return Uint8Array.from([...directory, ...body]);
}

/** One rectangle, corner by corner. */
function glyph(left: number, bottom: number, right: number, top: number): number[] {
  const ends = concat(i16(1, left, bottom, right, top), u16(3, 0));
  const flags = [1, 1, 1, 1];
  return concat(ends, flags, i16(left, 0, right - left, 0), i16(bottom, top - bottom, 0, bottom - top), [0, 0]);
}

/** All code points to one glyph: format 13. */
function cmap(): number[] {
  const group = u32(0x21, LAST_CODE_POINT, 1);
  const subtable = concat(u16(13, 0), u32(16 + group.length, 0, 1), group);
  return concat(u16(0, 1, 3, 10), u32(12), subtable);
}

function head(): number[] {
  return concat(
    u32(0x10000, 0x10000, 0, 0x5f0f3cf5),
    u16(0, UNITS_PER_EM),
    u32(0, 0, 0, 0),
    i16(60, -100, 940, 860),
    u16(0, 8),
    i16(2, 1, 0),
  );
}

function os2(): number[] {
  const start = concat(u16(4), i16(UNITS_PER_EM), u16(400, 5, 0), i16(650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0));
  const panoseAndRanges = concat(new Array<number>(10).fill(0), u32(0, 0, 0, 0));
  const end = concat(u16(0x40, 0x21, 0xffff), i16(880, -120, 0), u16(1000, 200), u32(0x40000, 0), i16(500, 700), u16(0, 0x20, 1));
  return concat(start, panoseAndRanges, [...Buffer.from('NONE', 'latin1')], end);
}

function u16(...values: number[]): number[] {
  return values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]);
}

const i16 = u16;

function u32(...values: number[]): number[] {
  return values.flatMap((value) => [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
}

function concat(...parts: number[][]): number[] {
  return parts.flat();
}
