import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { type ActChange, ProblemError, SettlementRequest } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { formatYuan } from '../yuan';
import type { SettlementOrder } from './settlement';
import { Settlements } from './settlements.service';

const SettlementPayload = SettlementRequest.extend({ verificationId: z.uuid() });

/** A settlement by hand as it is proposed. */
export type SettlementPayload = z.infer<typeof SettlementPayload>;

/** A person's word on a call, as an order. */
export function orderByHand({ attemptId, charge, reason }: SettlementRequest): SettlementOrder {
  return { attemptId, charge, reason, source: 'operator', statement: null, providerCode: null, feeHao: null };
}

/** Settles an unknown charge once two persons say so. */
@Injectable()
export class SettlementAct implements DangerousAct<SettlementPayload> {
  readonly kind = 'charge.settle' as const;
  readonly payload = SettlementPayload;

  constructor(private readonly settlements: Settlements) {}

  async changes(tx: Tx, { verificationId, ...request }: SettlementPayload): Promise<ActChange[]> {
    const found = await this.settlements.find(tx, orderByHand(request), verificationId);
    if ('earlier' in found) throw new ProblemError('charge-settled');
    const priceYuan = formatYuan(found.charge.price.hao);
    return [
      { field: 'charge', before: 'unknown', after: request.charge },
      { field: 'priceYuan', before: priceYuan, after: request.charge === 'charged' ? priceYuan : '0.00' },
    ];
  }

  async perform(tx: Tx, { verificationId, ...request }: SettlementPayload, approved: ApprovedBy): Promise<void> {
    await this.settlements.settleIn(tx, orderByHand(request), verificationId, approved);
  }
}
