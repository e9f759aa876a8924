import { shanghaiDay } from '@app/contracts';
import type { Tx } from '@app/database';
import type { Keyring, SealPlace } from '@app/keyring';
import { sealedProviderMessage } from '../attempt-secrets';
import type { Attempt } from '../attempt.entity';
import { contractPriceSql, PLACEHOLDER_PRICE } from '../charges/call-prices.store';
import { HAO_PER_FEN } from '../charges/yuan';
import type { AttemptResult } from './attempt-result';

const LONGEST_CONTENT_TYPE = 200;

/** Where the provider's reply to an attempt is sealed. */
export const providerReplyPlace = (attemptId: string): SealPlace => ({
  dataClass: 'detail',
  purpose: 'provider_reply.body',
  rowId: attemptId,
});

/**
 * Writes the end of an attempt, what it cost, and the provider's reply as it came, sealed: one statement, since every
 * verification pays for it. With it the key of egress's copy goes: whoever would ask for the reply once more finds it here.
 */
export class AttemptEnds {
  constructor(private readonly keyring: Keyring) {}

  async write(tx: Tx, attempt: Attempt, { raw, alerts }: Pick<AttemptResult, 'raw' | 'alerts'>): Promise<void> {
    const { id, verificationId, provider, state, outcome, charge, finishedAt } = attempt;
    const { providerCode, providerTaskNumber } = attempt;
    const sealed = raw && (await this.keyring.seal(tx, providerReplyPlace(id), raw.body));
    const message = await sealedProviderMessage(this.keyring, tx, attempt);
    await tx.manager.query(
      `with ended as (
         update attempt set state = $3, outcome = $4, charge = $5, finished_at = $6,
           provider_code = $7, provider_message_sealed = $8, provider_task_number = $9, reply_key_sealed = null
         where tenant_id = $1 and id = $2
       ), kept as (
         insert into provider_reply (tenant_id, attempt_id, http_status, content_type, body_sealed, alerts, created_at)
         select $1, $2, $13::integer, $14::text, $15::bytea, $16::text[], $6 where $15::bytea is not null
       )
       insert into charge (tenant_id, attempt_id, verification_id, provider, outcome, state, price_fen, price_hao, created_at)
       select $1, $2, $10, $11, $4, $5, coalesce((price.hao + ${HAO_PER_FEN - 1n}) / ${HAO_PER_FEN}, $12::bigint), price.hao, $6
       from (select ${contractPriceSql('$11', '$17')} as hao) as price`,
      [
        ...[tx.tenant.tenantId, id, state, outcome, charge, finishedAt, providerCode, message, providerTaskNumber],
        ...[verificationId, provider, String(PLACEHOLDER_PRICE.hao / HAO_PER_FEN)],
        ...[raw?.httpStatus ?? null, raw?.contentType.slice(0, LONGEST_CONTENT_TYPE) ?? null, sealed, [...alerts]],
        shanghaiDay(finishedAt ?? new Date()),
      ],
    );
  }
}
