import { type Outcome, shanghaiDay, type VerificationState } from '@app/contracts';
import type { Tx } from '@app/database';
import { outcomePolicy } from '@app/providers';
import { Injectable } from '@nestjs/common';
import { stillHolds } from '../request/holding-answer';

const HASHES_PER_QUERY = 1_000;

/** What asking for some elements would cost: `cached` and `underWay` cost nothing, `calls` are calls of the provider. */
export interface CallCount {
  calls: number;
  cached: number;
  underWay: number;
}

interface Told {
  hash: string;
  state: VerificationState;
  outcome: Outcome | null;
  issueDate: string;
  finishedAt: Date | null;
}

/** Counts which questions have their answer already, as requests will find them. */
@Injectable()
export class AnsweredElements {
  async count(tx: Tx, elementsHashes: readonly string[]): Promise<CallCount> {
    const today = shanghaiDay(new Date());
    const found = { cached: 0, underWay: 0 };
    for (let at = 0; at < elementsHashes.length; at += HASHES_PER_QUERY) {
      const told = await this.told(tx, elementsHashes.slice(at, at + HASHES_PER_QUERY));
      const cached = new Set(told.filter((each) => isAnswer(each) && stillHolds(each, today)).map(({ hash }) => hash));
      const underWay = new Set(told.filter(isOpen).map(({ hash }) => hash));
      found.cached += cached.size;
      found.underWay += [...underWay].filter((hash) => !cached.has(hash)).length;
    }
    return { ...found, calls: elementsHashes.length - found.cached - found.underWay };
  }

  private async told(tx: Tx, hashes: readonly string[]): Promise<Told[]> {
    return tx.manager.query<Told[]>(
      `select elements_hash as hash, state, outcome, issue_date as "issueDate", finished_at as "finishedAt" from verification
       where tenant_id = $1 and elements_hash = any($2) and origin = 'upstream' and state in ('queued', 'waiting', 'answered')`,
      [tx.tenant.tenantId, hashes],
    );
  }
}

function isOpen({ state }: Told): boolean {
  return state === 'queued' || state === 'waiting';
}

function isAnswer({ state, outcome }: Told): boolean {
  return state === 'answered' && outcome !== null && outcomePolicy(outcome).definitive;
}
