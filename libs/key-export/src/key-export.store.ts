import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';

/** A package that two persons let out. Its id is that of their approval. */
export interface KeyExport {
  id: string;
  /** Fingerprint of the recipient. */
  recipient: string;
  /** The file, sealed for the recipient; null once it was fetched, or had waited for too long. */
  packageText: string | null;
  /** Of the file, in hexadecimal. */
  sha256: string;
  isExpired: boolean;
}

/** Queries of exported keys. */
@Injectable()
export class KeyExportStore {
  async insert({ tenant, manager }: Tx, { id, recipient, packageText, sha256 }: Omit<KeyExport, 'isExpired'>): Promise<void> {
    await manager.query('insert into key_export (tenant_id, id, recipient, package_wrapped, sha256) values ($1, $2, $3, $4, $5)', [
      ...[tenant.tenantId, id, recipient, packageText, sha256],
    ]);
  }

  /** Held until the transaction ends: of two who fetch it, the second finds it gone. */
  async lock({ tenant, manager }: Tx, id: string): Promise<KeyExport | null> {
    const rows = await manager.query<KeyExport[]>(
      `select id, recipient, package_wrapped as "packageText", sha256, expired_at is not null as "isExpired" from key_export where tenant_id = $1 and id = $2 for update`,
      [tenant.tenantId, id],
    );
    return rows[0] ?? null;
  }

  async markDelivered({ tenant, manager }: Tx, id: string): Promise<void> {
    await manager.query('update key_export set package_wrapped = null, delivered_at = now() where tenant_id = $1 and id = $2', [
      tenant.tenantId,
      id,
    ]);
  }

  async tenantName({ tenant, manager }: Tx): Promise<string> {
    const rows = await manager.query<{ name: string }[]>('select name from tenant where id = $1', [tenant.tenantId]);
    return rows[0]?.name ?? '';
  }
}
