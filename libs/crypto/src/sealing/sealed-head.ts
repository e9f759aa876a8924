import type { Suite } from '../suite/suite';
import { suiteOf } from '../suite/suites';
import { UnsealError } from './unseal.error';

/** Suite (one byte) and key number (four, big endian). */
export const HEAD_BYTES = 5;

/** What a sealed value or stream says of itself. Not authentic before it was opened. */
export interface SealedHead {
  suite: Suite;
  keyNumber: number;
}

/** How everything begins that a key seals. */
export function writeHead({ suite, number }: { suite: Suite; number: number }): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(suite.id);
  head.writeUInt32BE(number, 1);
  return head;
}

/** @throws UnsealError when the bytes are not the start of anything sealed */
export function readHead(sealed: Uint8Array): SealedHead {
  if (sealed.length < HEAD_BYTES) throw new UnsealError('notAuthentic');
  const view = new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  return { suite: suiteOf(sealed), keyNumber: view.getUint32(1) };
}
