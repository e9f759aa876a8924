import { AuditEntry } from '@app/audit';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { createKeyring } from '@app/keyring';
import { BillSecrets } from '@app/receipts';
import type { Client } from 'pg';
import { LEDGER_KEYS } from './ledger-keys';

const ROWS_PER_INSERT = 10_000;

/** What of a made-up ledger lies under a tenant's key: made here, since SQL has none. Works on the owner's temporary tables. */
export interface KeyedParts {
  /** The items: their numbers, and their names, sealed. */
  items(): Promise<void>;
  /** The check codes of the bills in `made`, and the words of their file names and vouchers. */
  ofMade(): Promise<void>;
}

/** Lends the keyed parts of one tenant for a piece of work. */
export async function withKeyedParts<T>(
  options: { owner: Client; workerUrl: string; tenant: TenantContext },
  work: (parts: KeyedParts) => Promise<T>,
): Promise<T> {
  const { owner, workerUrl: url, tenant } = options;
  const dataSource = await createDataSource({ url, applicationName: 'made-up-ledger', entities: [AuditEntry] }).initialize();
  try {
    const unitOfWork = new UnitOfWork(dataSource);
    const secrets = new BillSecrets(await createKeyring({ dataSource, unitOfWork }, LEDGER_KEYS));
    return await work({
      items: () => keyItems(owner, secrets, tenant),
      ofMade: async () => {
        await keyCheckCodes(owner, secrets, tenant);
        await keyNames(owner, secrets, tenant);
      },
    });
  } finally {
    await dataSource.destroy();
  }
}

async function keyItems(owner: Client, secrets: BillSecrets, tenant: TenantContext): Promise<void> {
  const { rows } = await owner.query<{ text: string }>('select text from item_part order by at');
  const texts = rows.map(({ text }) => text);
  const terms: string[] = [];
  const sealed: Buffer[] = [];
  for (const text of texts) {
    const term = await secrets.itemTerm(tenant, text);
    terms.push(term);
    sealed.push(await secrets.sealItem(tenant, { term, text }));
  }
  await owner.query('update item_part i set term = k.term from unnest($1::text[], $2::bigint[]) as k (text, term) where k.text = i.text', [
    texts,
    terms,
  ]);
  await owner.query(
    'insert into bill_item (tenant_id, term, text_sealed) select $1, k.term, k.sealed from unnest($2::bigint[], $3::bytea[]) as k (term, sealed)',
    [...[tenant.tenantId, terms, sealed]],
  );
  await owner.query('analyze item_part');
}

async function keyCheckCodes(owner: Client, secrets: BillSecrets, tenant: TenantContext): Promise<void> {
  await owner.query('create temp table check_part (n bigint primary key, sealed bytea, hash bytea)');
  const { rows } = await owner.query<{ n: string; id: string; code: string }>(
    `select n, id, substr(md5('check' || n), 1, 6) as code from made`,
  );
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    const some = rows.slice(at, at + ROWS_PER_INSERT);
    const sealed: (Buffer | null)[] = [];
    const hashes: (Buffer | null)[] = [];
    for (const { id, code } of some) {
      sealed.push(await secrets.sealCheckCode(tenant, id, code));
      hashes.push(await secrets.checkCodeHash(tenant, code));
    }
    const numbers = some.map(({ n }) => n);
    await owner.query('insert into check_part select * from unnest($1::bigint[], $2::bytea[], $3::bytea[])', [numbers, sealed, hashes]);
  }
  await owner.query('analyze check_part');
}

async function keyNames(owner: Client, secrets: BillSecrets, tenant: TenantContext): Promise<void> {
  await owner.query('create temp table if not exists name_part (word text primary key, term bigint not null)');
  const { rows } = await owner.query<{ word: string }>(
    `select distinct word from made, unnest(array['img', file_day, file_time, '记', to_char(seen_at, 'YYYYMM'), lpad((n % 100000)::text, 5, '0')]) word
     where word not in (select word from name_part)`,
  );
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    const words = rows.slice(at, at + ROWS_PER_INSERT).map(({ word }) => word);
    const terms = await secrets.nameTerms(tenant, words);
    await owner.query('insert into name_part select * from unnest($1::text[], $2::bigint[])', [words, terms]);
  }
  await owner.query('analyze name_part');
}
