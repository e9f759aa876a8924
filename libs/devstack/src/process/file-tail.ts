import { open } from 'node:fs/promises';

const TAIL_BYTES = 8_192;

/** The last lines of a text file that may be large. */
export async function fileTail(path: string, lines = 15): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } finally {
    await file.close();
  }
}
