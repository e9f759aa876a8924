import { ProblemError } from '@app/contracts';
import { readHead, SECRET_BYTES, type Suite } from '@app/crypto';
import { type KeyHolder, Keyring, type SealPlace } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Receipt } from '../receipt.entity';

/** A secret for one object: in clear to seal with, and sealed to be kept. */
export interface ObjectSecret {
  secret: Buffer;
  /** That of the keyring now. */
  suite: Suite;
  sealed: Buffer;
}

/** The secrets of originals: each receipt has its own, for its original and its page pictures, sealed in its row. */
@Injectable()
export class OriginalKeys {
  constructor(private readonly keyring: Keyring) {}

  async create(holder: KeyHolder, receiptId: string): Promise<ObjectSecret> {
    const secret = randomBytes(SECRET_BYTES);
    const sealed = await this.keyring.seal(holder, originalKeyPlace(receiptId), secret);
    return { secret, sealed, suite: readHead(sealed).suite };
  }

  /** @throws ProblemError `not-found` once the secret was destroyed: what it sealed can no longer be had by anyone */
  async open(
    holder: KeyHolder,
    { id, originalKeySealed }: Pick<Receipt, 'id' | 'originalKeySealed'>,
  ): Promise<Omit<ObjectSecret, 'sealed'>> {
    if (originalKeySealed === null) throw new ProblemError('not-found');
    const secret = await this.keyring.open(holder, originalKeyPlace(id), originalKeySealed);
    return { secret, suite: readHead(originalKeySealed).suite };
  }
}

/** Where the secret of a receipt's objects is sealed. */
export const originalKeyPlace = (rowId: string): SealPlace => ({ dataClass: 'original', purpose: 'receipt.original_key', rowId });
