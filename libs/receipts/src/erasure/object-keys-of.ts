import type { Tx } from '@app/database';
import { pagePictureKey } from '../page-picture';
import type { Receipt } from '../receipt.entity';

/** Keys of the originals and page pictures of the tenant's receipts, by keyset: those after the receipt `after`. */
export async function objectKeysOf(
  tx: Tx,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ id: string; keys: string[] }[]> {
  const rows = await tx.manager.query<Pick<Receipt, 'id' | 'objectKey' | 'pagePictures'>[]>(
    `select id, object_key as "objectKey", page_pictures as "pagePictures" from receipt
     where tenant_id = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
    [tx.tenant.tenantId, after, limit],
  );
  return rows.map(({ id, objectKey, pagePictures }) => {
    return { id, keys: [objectKey, ...(pagePictures ?? []).map((form, at) => pagePictureKey(objectKey, at + 1, form))] };
  });
}
