import type { Quad } from '@app/contracts';
import { readFile } from 'node:fs/promises';
import { prepareZXingModule, readBarcodes, type ReaderOptions, type ReadResult } from 'zxing-wasm/reader';
import type { Plane } from './plane';

/** A code with its corners in pixels of the plane, clockwise from the code's own top left. */
export interface DecodedCode {
  text: string;
  quad: Quad;
}

/** What a plane holds: codes, and where a code's three finder patterns stand but what is between them could not be decoded. */
export interface DecodedPlane {
  codes: DecodedCode[];
  undecoded: Quad[];
}

/**
 * `QRCode` would look for micro and rectangular codes too, which stand on no bill. A turned code is found without `tryRotate`. What could not
 * be decoded is asked for as well: it says where a second look is worth its time, and pages without a code have none of it (of 15, none).
 */
const OPTIONS: ReaderOptions = { formats: ['QRCodeModel2'], tryHarder: true, tryInvert: false, tryRotate: false, returnErrors: true };

let prepared: Promise<void> | undefined;

/** Decodes the QR codes of a plane, in about 4 ms of a core for each million pixels. */
export async function decodeQrCodes(plane: Plane): Promise<DecodedPlane> {
  prepared ??= prepare();
  await prepared;
  const results = await readBarcodes(asGreyMap(plane), OPTIONS);
  const [codes, undecoded] = [true, false].map((isValid) => results.filter((result) => result.isValid === isValid));
  return {
    codes: (codes ?? []).map((result) => ({ text: result.text, quad: quadOf(result) })),
    undecoded: (undecoded ?? []).map(quadOf),
  };
}

function quadOf({ position: { topLeft, topRight, bottomRight, bottomLeft } }: ReadResult): Quad {
  return [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }) => [x, y]);
}

/** The decoder fetches its program from a public server unless it is handed over; an appliance has no way out. */
async function prepare(): Promise<void> {
  const program = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = program.buffer.slice(program.byteOffset, program.byteOffset + program.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** Kept from plane to plane, as large as the largest so far: what is not allocated need not be collected. */
let file = new Uint8Array(0);

/** A plane as a PGM file: the decoder's other way in takes four bytes a pixel, only to make one of them again. */
function asGreyMap({ width, height, values }: Plane): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const size = header.length + values.length;
  if (file.length < size) file = new Uint8Array(size);
  file.set(header);
  file.set(values, header.length);
  return file.subarray(0, size);
}
