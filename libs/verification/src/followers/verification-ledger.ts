import type { Tx } from '@app/database';
import { BillLedger } from '@app/receipts';
import { Injectable } from '@nestjs/common';
import { verdictOf } from '../verdict';
import type { Verification } from '../verification.entity';
import type { SettlementListener } from './settled-verifications';

/** Keeps the bill in the ledger (票据台账) at what is known of it, in the transaction in which that changes. */
@Injectable()
export class VerificationLedger implements SettlementListener {
  constructor(private readonly ledger: BillLedger) {}

  async verificationOpened(tx: Tx, verification: Verification): Promise<void> {
    await this.note(tx, verification);
  }

  async verificationsSettled(tx: Tx, settled: readonly Verification[]): Promise<void> {
    for (const verification of settled) await this.note(tx, verification);
  }

  private note(tx: Tx, verification: Verification): Promise<void> {
    const { id: verificationId, receiptId, elements, state, outcome, face, finishedAt } = verification;
    const verdict = verdictOf(verification);
    return this.ledger.noteVerification(tx, { verificationId, receiptId, elements, state, verdict, outcome, face, finishedAt });
  }
}
