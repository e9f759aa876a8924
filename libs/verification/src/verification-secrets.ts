import type { ProviderFace } from '@app/contracts';
import { UnsealError } from '@app/crypto';
import type { Tx } from '@app/database';
import { Keyring, openJson, type SealPlace, sealJson } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import { openReplyKey, type ReplyKey } from './attempt-secrets';
import type { ReadFace } from './face/read-face';
import type { Verification } from './verification.entity';

/** What of the question may not lie in clear. */
interface Asked {
  checkCode: string;
  readFace: ReadFace | null;
}

/** Seals what of verifications may not lie in clear: the check code and what was read, and, apart from them, what the provider told. */
@Injectable()
export class VerificationSecrets {
  constructor(private readonly keyring: Keyring) {}

  async seal(tx: Tx, verification: Verification): Promise<void> {
    const { id, checkCode, readFace, face } = verification;
    verification.askedSealed = await this.sealAsked(tx, id, { checkCode, readFace });
    verification.faceSealed = await this.sealFace(tx, id, face);
  }

  async sealAsked(tx: Tx, id: string, asked: Asked): Promise<Buffer> {
    return this.keyring.seal(tx, askedPlace(id), Buffer.from(JSON.stringify(asked)));
  }

  async sealFace(tx: Tx, id: string, face: ProviderFace | null): Promise<Buffer | null> {
    return sealJson(this.keyring, tx, facePlace(id), face);
  }

  /** The same verification, in clear in memory. @throws UnsealError */
  async open(tx: Tx, verification: Verification): Promise<Verification> {
    const { id, askedSealed, faceSealed } = verification;
    Object.assign(verification, await this.asked(tx, id, askedSealed));
    verification.face = await openJson<ProviderFace>(this.keyring, tx, facePlace(id), faceSealed);
    return verification;
  }

  /** @throws UnsealError */
  async checkCode(tx: Tx, id: string, askedSealed: Buffer): Promise<string> {
    return (await this.asked(tx, id, askedSealed)).checkCode;
  }

  /** What egress seals an open attempt's reply under, or that it went with its data key. @throws UnsealError for any other reason */
  async replyKey(tx: Tx, attemptId: string, sealed: Buffer): Promise<ReplyKey> {
    try {
      return { text: await openReplyKey(this.keyring, tx, attemptId, sealed) };
    } catch (error) {
      if (error instanceof UnsealError && error.reason === 'destroyedKey') return 'destroyed';
      throw error;
    }
  }

  private async asked(tx: Tx, id: string, sealed: Buffer): Promise<Asked> {
    return JSON.parse((await this.keyring.open(tx, askedPlace(id), sealed)).toString()) as Asked;
  }
}

/** Where what was asked is sealed. */
export const askedPlace = (rowId: string): SealPlace => ({ dataClass: 'personal', purpose: 'verification.asked', rowId });
/** Where what the provider told is sealed. */
export const facePlace = (rowId: string): SealPlace => ({ dataClass: 'detail', purpose: 'verification.face', rowId });
