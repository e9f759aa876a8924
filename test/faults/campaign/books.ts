import { z } from 'zod';
import { ProviderId } from '@app/contracts';
import type { OurLine, TheirLine } from './accounts';
import type { CampaignProduct } from './campaign-product';

const TheirBook = z.array(
  z.object({
    provider: ProviderId,
    billCode: z.string(),
    billNumber: z.string(),
    charged: z.boolean(),
    at: z.string(),
    delivery: z.string(),
    fault: z.string().nullable().optional(),
  }),
);

/** Both books as they stand, and how often each fault was done. */
export async function readBooks(
  product: CampaignProduct,
): Promise<{ ours: OurLine[]; theirs: TheirLine[]; faults: Record<string, number> }> {
  const theirs = TheirBook.parse(await (await product.sandbox('ledger')).json());
  const faults: Record<string, number> = {};
  for (const { delivery, fault } of theirs) faults[fault ?? delivery] = (faults[fault ?? delivery] ?? 0) + 1;
  return { ours: await readOurBook(product), theirs, faults };
}

async function readOurBook(product: CampaignProduct): Promise<OurLine[]> {
  const client = await product.connect();
  try {
    const { rows } = await client.query<OurLine>(`
      select a.id as "attemptId", a.provider, v.bill_code as "billCode", v.bill_number as "billNumber", a.state,
        coalesce(s.charge, c.state) as charge, a.created_at::text as "createdAt"
      from attempt a
      join verification v on v.tenant_id = a.tenant_id and v.id = a.verification_id
      left join charge c on c.tenant_id = a.tenant_id and c.attempt_id = a.id
      left join charge_settlement s on s.tenant_id = a.tenant_id and s.attempt_id = a.id`);
    return rows;
  } finally {
    await client.end();
  }
}
