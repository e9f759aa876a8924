import { AuditLog, type AuditSigner, publicKeyPem } from '@app/audit';
import { ProblemError } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { OriginalScan, SealedObjects } from '@app/receipts';
import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { zipOf } from './export-parts';
import { SubjectRequestStore } from './subject-request.store';

/** Injection token of the key that exports are signed with; null where the installation has none. */
export const SUBJECT_EXPORT_SIGNER = Symbol('SUBJECT_EXPORT_SIGNER');

/** Hands out the parts of an export, each signed. That one was fetched is on record before its first byte. */
@Injectable()
export class SubjectExports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SubjectRequestStore,
    private readonly objects: SealedObjects,
    private readonly audit: AuditLog,
    private readonly scan: OriginalScan,
    @Inject(SUBJECT_EXPORT_SIGNER) private readonly signer: AuditSigner | null,
  ) {}

  /**
   * A ZIP archive with the part itself (`export.zip`), a statement of its hash, and the statement's signature and key.
   * What was clean when it was made may be known as malware since: it is scanned before it is handed out.
   * @throws ProblemError `evidence-key-missing`, `not-found`, `subject-export-expired`, `malware-found`, `scanner-unavailable`
   */
  async part(tenant: TenantContext, id: string, number: number): Promise<{ fileName: string; zip: Buffer }> {
    const { signer } = this;
    if (signer === null) throw new ProblemError('evidence-key-missing');
    const { part, secret, parts, reference } = await this.find(tenant, id, number);
    const bytes = await this.objects.read({ tenantId: tenant.tenantId, name: part.key, secret });
    const { sha256, byteSize } = part;
    await this.scan.assertClean(tenant, { targetType: 'subject', id, sha256 }, () => Promise.resolve(Readable.from([bytes])));
    await this.recordFetch(tenant, id, { part: number, sha256 });
    const facts = { format: 'piaoyan-subject-export/1', tenantId: tenant.tenantId, requestId: id, reference, part: number, parts };
    const fetchedBy = { type: tenant.actor.type, id: tenant.actor.id };
    const statement = { ...facts, sha256, byteSize, fetchedAt: new Date().toISOString(), fetchedBy, keyId: signer.publicKey.id };
    const text = Buffer.from(`${JSON.stringify(statement, null, 2)}\n`);
    const zip = await zipOf([
      { name: 'export.zip', bytes, isPacked: true },
      { name: 'statement.json', bytes: text },
      { name: 'statement.sig', bytes: await signer.sign(text) },
      { name: 'public-key.pem', bytes: Buffer.from(publicKeyPem(signer.publicKey)) },
    ]);
    return { fileName: `subject-${id}-${number}.zip`, zip };
  }

  private async find(tenant: TenantContext, id: string, number: number) {
    return this.unitOfWork.run(tenant, async (tx) => {
      const request = await this.store.find(tx, id);
      if (request === null) throw new ProblemError('not-found');
      const secret = await this.store.exportSecret(tx, id);
      if (secret === null) throw new ProblemError(request.exportedAt === null ? 'not-found' : 'subject-export-expired');
      const part = request.exports[number - 1];
      if (part === undefined) throw new ProblemError('not-found');
      return { part, secret, parts: request.exports.length, reference: request.reference };
    });
  }

  private async recordFetch(tenant: TenantContext, id: string, what: { part: number; sha256: string }): Promise<void> {
    const detail = { stage: 'fetched', ...what };
    await this.unitOfWork.run(tenant, (tx) =>
      this.audit.append(tx, { action: 'subject.export', targetType: 'subject', targetId: id, detail }),
    );
  }
}
