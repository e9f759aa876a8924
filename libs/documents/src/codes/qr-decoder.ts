import { readFile } from 'node:fs/promises';
import { prepareZXingModule, readBarcodes, type ReadResult } from 'zxing-wasm/reader';

let prepared: Promise<void> | undefined;

/** Decodes the QR codes of an RGBA picture; positions are in its own pixels. */
export async function decodeQrCodes(rgba: Uint8Array, width: number, height: number): Promise<ReadResult[]> {
  await prepare();
  const data = new Uint8ClampedArray(rgba.buffer as ArrayBuffer, rgba.byteOffset, rgba.byteLength);
  const results = await readBarcodes(
    { data, width, height, colorSpace: 'srgb' },
    { formats: ['QRCode'], tryHarder: true, tryInvert: false },
  );
  return results.filter((result) => result.isValid);
}

/** The decoder fetches its program from a public server unless it is handed over; an appliance has no way out. */
async function prepare(): Promise<void> {
  prepared ??= load().catch((error: unknown) => {
    prepared = undefined;
    throw error;
  });
  return prepared;
}

async function load(): Promise<void> {
  const program = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = program.buffer.slice(program.byteOffset, program.byteOffset + program.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}
