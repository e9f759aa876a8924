import { ProblemError } from '@app/contracts';
import { type KeyHolder, Keyring, type SealPlace } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Receipt } from '../receipt.entity';

const KEY_BYTES = 32;

/** A key for one object, from the system's random numbers. */
export const newObjectKey = (): Buffer => randomBytes(KEY_BYTES);

/** The keys of originals: each receipt has its own, for its original and its page pictures, sealed in its row. */
@Injectable()
export class OriginalKeys {
  constructor(private readonly keyring: Keyring) {}

  async seal(holder: KeyHolder, receiptId: string, key: Buffer): Promise<Buffer> {
    return this.keyring.seal(holder, placeOf(receiptId), key);
  }

  /** @throws ProblemError `not-found` once the key was destroyed: what it sealed can no longer be had by anyone */
  async open(holder: KeyHolder, { id, originalKeySealed }: Receipt): Promise<Buffer> {
    if (originalKeySealed === null) throw new ProblemError('not-found');
    return this.keyring.open(holder, placeOf(id), originalKeySealed);
  }
}

const placeOf = (rowId: string): SealPlace => ({ dataClass: 'original', purpose: 'receipt.original_key', rowId });
