import type { Elements, ProviderId } from '@app/contracts';
import type { JobPayloads } from '@app/contracts';
import type { Tx } from '@app/database';
import type { ReplyKey } from '../attempt-secrets';
import type { VerificationSecrets } from '../verification-secrets';

/** An attempt as its job finds it: what to send, and what speaks against sending it now. */
export interface IntendedCall {
  attemptId: string;
  provider: ProviderId;
  elements: Elements;
  /** The same at every delivery; `destroyed` with the data key that sealed it, null once the attempt has ended. */
  replyKey: ReplyKey | null;
  billHash: string;
  isEnded: boolean;
  /** Egress may have heard of it. */
  wasAsked: boolean;
  /** An older question about the same bill is still to be asked: questions about one bill go out one after another. */
  isBehindAnother: boolean;
  createdAt: Date;
  /** The Shanghai day of which it has one of the bill's places. */
  countedDay: string;
}

// Whoever is held for longer, by a pause for example, does not hold the others.
const LONGEST_TURN_MS = 3_600_000;

/** One statement, since every verification pays for it; null for a foreign or missing attempt. */
export async function intendedCall(
  tx: Tx,
  target: JobPayloads['verification.send'],
  secrets: VerificationSecrets,
): Promise<IntendedCall | null> {
  const rows: Row[] = await tx.manager.query(
    `select a.provider, a.state, a.asked_at, a.created_at, a.counted_day, a.reply_key_sealed, v.bill_code, v.bill_number, v.asked_sealed, v.issue_date, v.total_amount, v.bill_hash,
       exists (select 1 from verification o where o.tenant_id = v.tenant_id and o.bill_hash = v.bill_hash and o.origin = 'upstream'
         and o.state = 'queued' and o.id < v.id and o.created_at > $4) as behind
     from attempt a join verification v on v.tenant_id = a.tenant_id and v.id = a.verification_id
     where a.tenant_id = $1 and a.id = $2 and a.verification_id = $3`,
    [tx.tenant.tenantId, target.attemptId, target.verificationId, new Date(Date.now() - LONGEST_TURN_MS)],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    attemptId: target.attemptId,
    provider: row.provider,
    elements: {
      billCode: row.bill_code,
      billNumber: row.bill_number,
      checkCode: await secrets.checkCode(tx, target.verificationId, row.asked_sealed),
      issueDate: row.issue_date,
      totalAmount: row.total_amount,
    },
    replyKey: row.reply_key_sealed && (await secrets.replyKey(tx, target.attemptId, row.reply_key_sealed)),
    billHash: row.bill_hash,
    isEnded: row.state !== 'intended',
    wasAsked: row.asked_at !== null,
    isBehindAnother: row.behind,
    createdAt: row.created_at,
    countedDay: row.counted_day,
  };
}

interface Row {
  provider: ProviderId;
  state: string;
  asked_at: Date | null;
  reply_key_sealed: Buffer | null;
  created_at: Date;
  counted_day: string;
  bill_code: string;
  bill_number: string;
  asked_sealed: Buffer;
  issue_date: string;
  total_amount: string;
  bill_hash: string;
  behind: boolean;
}
