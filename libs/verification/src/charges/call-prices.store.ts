import type { ProviderId } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

/** What one call costs, in 毫 (a ten-thousandth of a yuan). */
export interface CallPrice {
  hao: bigint;
  /** No price of a contract was entered for the day. */
  isPlaceholder: boolean;
}

/** A price of the contract with a provider, from a Shanghai day on. */
export interface ContractPrice {
  provider: ProviderId;
  /** `YYYY-MM-DD`. */
  validFrom: string;
  hao: bigint;
}

// Neither provider publishes a price for fiscal bills: until the bank's contract is entered, the ledger counts 0.50 yuan a call.
export const PLACEHOLDER_PRICE: CallPrice = { hao: 5_000n, isPlaceholder: true };

/** SQL of the contract's price in 毫 on a Shanghai day, null where none was entered; for statements that need it in passing. */
export function contractPriceSql(provider: string, day: string): string {
  return `(select p.price_hao from call_price p where p.provider = ${provider} and p.valid_from <= ${day}
    order by p.valid_from desc, p.set_at desc, p.id desc limit 1)`;
}

/** Prices of calls. They are of the installation, not of a tenant; rows are only added, and the newest for a day counts. */
@Injectable()
export class CallPrices {
  /** The price of a call on a Shanghai day. */
  async on(tx: Tx, provider: ProviderId, day: string): Promise<CallPrice> {
    const rows: { hao: string | null }[] = await tx.manager.query(`select ${contractPriceSql('$1', '$2')} as hao`, [provider, day]);
    const hao = rows[0]?.hao ?? null;
    return hao === null ? PLACEHOLDER_PRICE : { hao: BigInt(hao), isPlaceholder: false };
  }

  /** Only the owner may. */
  async add(tx: Tx, { provider, validFrom, hao }: ContractPrice): Promise<void> {
    await tx.manager.query(`insert into call_price (id, provider, valid_from, price_hao, set_by) values ($1, $2, $3, $4, $5)`, [
      uuidv7(),
      provider,
      validFrom,
      String(hao),
      tx.tenant.actor.id,
    ]);
  }
}
