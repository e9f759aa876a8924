import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { PassThrough, Readable } from 'node:stream';
import { AuditExport, AuditSealer, ExportStore, readSigner, sealingLag, SealingStore, verifyStream } from '@app/audit';
import { ApprovalView, Problem, ReceiptView } from '@app/contracts';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { FileObjectStore } from '@app/storage';
import { type ApprovalDesk, withApprovalDesk } from '@app/verification';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { forPurpose } from '../../../../test/support/for-purpose';
import { TEST_KEYS } from '../../../../test/support/test-keys';
import { eventually } from '../../../../test/support/eventually';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, newElements } from '../../../../test/support/verification-bench';
import { certificateSigner } from './certificate-signer';
import type { ErasureCertificate, SignedCertificate } from './erasure-certificate';
import { isWithheld } from './column-openers';
import type { ExportManifest } from './tenant-export';
import { TenantEraseAct } from './tenant-erase.act';
import { TenantErasureProposals } from './tenant-erasure-proposals';
import { type TenantData, withTenantData } from './with-tenant-data';

const OPERATOR = { type: 'operator' as const, id: 'op', name: 'op' };
const PEM = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

describe("all of a tenant's data", () => {
  let bench: ApiBench;
  let objects: FileObjectStore;
  let png: Buffer;
  const receipts: string[] = [];
  beforeAll(async () => {
    bench = await createApiBench();
    objects = new FileObjectStore(bench.storageDirectory);
    png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    for (const key of bench.keys) receipts.push(await verifiedReceipt(key));
  });
  afterAll(() => bench.close());

  async function verifiedReceipt(key: string, payer = '张三'): Promise<string> {
    const elements = newElements();
    bench.reader.script = () => madeUpReading(elements, { fields: { payer } });
    bench.reader.pages = [{ mediaType: 'image/webp', bytes: png }];
    const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
    const uploaded = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers, key });
    const { id } = ReceiptView.parse(await uploaded.json());
    bench.egress.willSay(answered('0', { ...elements, reversed: false }));
    await bench.fetch('/v1/verifications', {
      method: 'POST',
      body: JSON.stringify({ receiptId: id }),
      headers: { 'content-type': 'application/json', prefer: 'wait=20' },
      key,
    });
    return id;
  }
  const withData = <T>(work: (data: TenantData) => Promise<T>): Promise<T> =>
    withTenantData(
      {
        ownerUrl: bench.ownerUrl,
        applicationName: 'spec',
        objects,
        keys: TEST_KEYS,
      },
      work,
    );
  const erase = (approvalId: string, tenant = 'first', confirmedName = tenant): Promise<SignedCertificate> =>
    withData(async (data) =>
      data
        .erasing(certificateSigner(readSigner(PEM)))
        .erase(OPERATOR, { tenant: await data.tenantCalled(tenant), confirmedName, approvalId }),
    );
  const [proposerId, secondId] = [uuidv7(), uuidv7()];
  const propose = (name = 'first'): Promise<Response> =>
    bench.fetch('/v1/tenant-erasure', {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, reason: '机构撤销' }) },
      key: bench.person('systemAdministrator', { id: proposerId }),
    });
  const proposed = async (): Promise<ApprovalView> => ApprovalView.parse(await (await propose()).json());
  const approve = async (proposal: ApprovalView): Promise<string> => {
    expect((await bench.decide(proposal, bench.person('securityAdministrator', { id: secondId }))).status).toBe(200);
    return proposal.id;
  };
  const tablesOf = async (tenantId: string): Promise<Record<string, number>> => {
    const tables = await bench.rows<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'`,
    );
    const counts = await Promise.all(
      tables.map(async ({ name }) => {
        const [row] = await bench.rows<{ count: number }>(`select count(*)::int as count from ${name} where tenant_id = $1`, [tenantId]);
        return [name, row!.count] as const;
      }),
    );
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  };

  it('is exported whole: rows, originals, hashes; no secret, and nothing of another tenant', async () => {
    const sink = new PassThrough();
    const collected = buffer(sink);
    await withData(async (data) => data.exporting.write(OPERATOR, await data.tenantCalled('first'), sink));
    sink.end();
    const files = unzipSync(new Uint8Array(await collected));
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString()) as ExportManifest;
    expect(manifest).toMatchObject({ tenant: { id: bench.tenantIds[0], name: 'first' }, exportedBy: 'op', missingOriginals: [] });
    for (const { name, sha256 } of manifest.files)
      expect([name, createHash('sha256').update(files[name]!).digest('hex')]).toEqual([name, sha256]);
    expect(Object.keys(files).sort()).toEqual([...manifest.files.map(({ name }) => name), 'manifest.json'].sort());
    expect(Buffer.from(files[`originals/${receipts[0]!}`]!).equals(png)).toBe(true);
    for (const [name, count] of Object.entries(await tablesOf(bench.tenantIds[0]))) {
      // The export itself is the newest entry of the audit.
      expect([name, manifest.files.find((file) => file.name === `tables/${name}-1.jsonl`)?.rows]).toEqual([name, count]);
    }
    const text = Object.entries(files).map(([name, bytes]) => (name.startsWith('originals/') ? '' : Buffer.from(bytes).toString()));
    expect(text.join('')).toContain('张三');
    // Sealed columns in clear: the name of the upload, the reading, what was asked and told, the provider's reply in base 64.
    for (const plain of ['"file_name":', '"reading":{', '"asked":{"checkCode"', '"face":{', '"body":"ey', '"check_code":"']) {
      expect([plain, text.join('').includes(plain)]).toEqual([plain, true]);
    }
    expect(text.join('')).not.toContain(bench.tenantIds[1]);
    const lines = text
      .join('\n')
      .split('\n')
      .filter((line) => line.startsWith('{"'))
      .map((line) => JSON.parse(line) as object);
    expect(lines.flatMap((line) => Object.keys(line)).filter(isWithheld)).toEqual([]);
    expect(manifest.withheld).toEqual(
      expect.arrayContaining(['api_key.hash', 'webhook_endpoint.secret_sealed', 'receipt.original_key_sealed', 'data_key.wrapped']),
    );
  });

  it('is not erased without the approval of another person, of what it holds now', async () => {
    expect((await propose('second')).status).toBe(422);
    const proposal = await proposed();
    expect(proposal.changes).toEqual(expect.arrayContaining([{ field: 'receipt', before: '1', after: '0' }]));
    await expect(erase(uuidv7())).rejects.toMatchObject({ code: 'not-found' });
    await expect(erase(proposal.id)).rejects.toMatchObject({ code: 'approval-missing' });
    expect((await bench.decide(proposal, bench.person('systemAdministrator', { id: proposerId }))).status).toBe(403);
    expect((await bench.decide(proposal, bench.keys[0])).status).toBe(403);
    // Between proposal and decision, and between decision and deed, the tenant took something in.
    await verifiedReceipt(bench.keys[0]);
    const late = await bench.decide(proposal, bench.person('securityAdministrator', { id: secondId }));
    expect(Problem.parse(await late.json()).code).toBe('approval-outdated');
    const other = await approve(await proposed());
    await verifiedReceipt(bench.keys[0]);
    await expect(erase(other)).rejects.toThrow('something else than what was approved');
    const old = await approve(await proposed());
    const values = [old];
    await bench.rows('update approval set expires_at = proposed_at where id = $1', values);
    await expect(erase(old)).rejects.toThrow('has expired');
    await bench.rows(`update approval set expires_at = now() + interval '1 day', payload = '{}' where id = $1`, values);
    await expect(erase(old)).rejects.toMatchObject({ code: 'approval-changed' });
    expect((await bench.fetch(`/v1/receipts/${receipts[0]!}`)).status).toBe(200);
  });

  it('is not erased by a name that differs, while a hold stands, or of a tenant that is not there', async () => {
    const approval = await approve(await proposed());
    await expect(erase(approval, 'first', 'firs')).rejects.toThrow('not the name');
    await expect(erase(approval, 'third')).rejects.toThrow('no tenant called');
    await expect(erase(approval, 'second')).rejects.toMatchObject({ code: 'not-found' });
    const hold = `insert into legal_hold (tenant_id, id, target_type, target_id, reason, placed_by, placed_by_name, placed_at)
      values ($1, $2, 'receipt', $2, 'case', 'x', 'x', now())`;
    await bench.rows(hold, [bench.tenantIds[0], receipts[0]]);
    await expect(erase(approval)).rejects.toThrow('1 legal holds stand');
    expect((await bench.fetch(`/v1/receipts/${receipts[0]!}`)).status).toBe(200);
    await bench.rows(`update legal_hold set released_at = now(), released_by = 'x', released_by_name = 'x', release_reason = 'x'`);
  });

  it('is erased to the last row and object, with a certificate that anyone can check; stopped in between, it goes on', async () => {
    const [ours, theirs] = bench.tenantIds;
    const before = await tablesOf(theirs);
    const approval = await approve(await proposed());
    const audited = (await tablesOf(ours)).audit_entry!;
    // Of an upload and an export that broke off: no row names them.
    for (const key of [`receipts/${ours}/${uuidv7()}`, `subject-exports/${ours}/${uuidv7()}/part-1.zip`])
      await objects.put(key, Readable.from([Buffer.from('left over')]));
    jest
      .spyOn(objects, 'delete')
      .mockImplementationOnce((key) => FileObjectStore.prototype.delete.call(objects, key))
      .mockRejectedValueOnce(new RangeError('killed'));
    await expect(erase(approval)).rejects.toThrow('killed');
    jest.restoreAllMocks();
    // What was begun is finished, however late.
    await bench.rows('update approval set expires_at = proposed_at where id = $1', [approval]);
    // Nobody works with it any more, and nothing is certified.
    expect((await bench.fetch('/v1/receipts')).status).toBe(401);
    expect(await bench.rows('select from erasure_certificate')).toEqual([]);
    const signed = await erase(approval);
    const key = createPublicKey({ key: Buffer.from(signed.publicKey, 'base64'), format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(signed.text), key, Buffer.from(signed.signature, 'base64'))).toBe(true);
    const certificate = JSON.parse(signed.text) as ErasureCertificate;
    expect(certificate).toMatchObject({ tenant: { id: ours, name: 'first' }, erasedBy: 'op', objects: 8 });
    expect(certificate.approval).toMatchObject({
      id: approval,
      reason: '机构撤销',
      proposedBy: { id: proposerId },
      approvedBy: { id: secondId },
    });
    const count = (name: string): number | undefined => certificate.tables.find((table) => table.name === name)?.rows;
    expect([count('tenant'), count('receipt'), count('verification'), count('charge')]).toEqual([1, 3, 3, 3]);
    const [destroyed] = await bench.rows<{ count: number }>(
      `select count(*)::int as count from audit_entry where tenant_id = $1 and action = 'dataKey.destroy'`,
      [ours],
    );
    expect(destroyed!.count).toBeGreaterThanOrEqual(4);
    const stages = await bench.rows<{ stage: string }>(
      `select detail->>'stage' as stage from audit_entry where tenant_id = $1 and action = 'tenant.erase' order by id`,
      [ours],
    );
    expect(stages.map(({ stage }) => stage)).toEqual(['begun', 'begun', 'done']);
    const kept = await tablesOf(ours);
    expect(Object.keys(kept).filter((name) => !/^(audit_\w+|erasure_proof)$/.test(name))).toEqual([]);
    expect(kept.audit_entry).toBeGreaterThanOrEqual(audited + destroyed!.count + 3);
    expect(await bench.rows('select from data_key where tenant_id = $1', [ours])).toEqual([]);
    expect(await bench.rows('select from tenant where id = $1', [ours])).toEqual([]);
    expect(await bench.rows(`select from pgboss.job where data->>'tenantId' = $1`, [ours])).toEqual([]);
    expect(await tablesOf(theirs)).toEqual(before);
    expect(await bench.storedFiles()).toHaveLength(2);
    expect((await bench.fetch(`/v1/receipts/${receipts[1]!}/image`, { key: bench.keys[1], ...forPurpose() })).status).toBe(200);
    const [stored] = await bench.rows<{ certificate: string }>('select certificate from erasure_certificate');
    expect(stored!.certificate).toBe(signed.text);
    await expect(bench.rows('delete from erasure_certificate')).rejects.toThrow('never changed');
    await expect(erase(approval)).rejects.toThrow('no tenant called');
  });

  it('is erased by two operators where a tenant has no persons yet, and never by one', async () => {
    const options = { ownerUrl: bench.ownerUrl, applicationName: 'spec', keys: TEST_KEYS, actsOf: () => [new TenantEraseAct()] };
    const as = <T>(id: string, work: (desk: ApprovalDesk, tenant: TenantContext) => Promise<T>): Promise<T> =>
      withApprovalDesk(options, async (desk) => work(desk, await desk.tenant({ type: 'operator', id, name: id }, 'second')));
    const { id } = await as('op', async ({ approvals, unitOfWork }, tenant) =>
      approvals.propose(tenant, await new TenantErasureProposals(unitOfWork).of(tenant, { name: 'second', reason: '试点结束' })),
    );
    const decision = { decision: 'approve', reason: '已核对' } as const;
    await expect(as('op', ({ approvals }, tenant) => approvals.decide(tenant, id, decision))).rejects.toMatchObject({
      code: 'approval-own',
    });
    await expect(erase(id, 'second')).rejects.toMatchObject({ code: 'approval-missing' });
    await as('op2', ({ approvals }, tenant) => approvals.decide(tenant, id, decision));
    const certificate = JSON.parse((await erase(id, 'second')).text) as ErasureCertificate;
    expect(certificate.approval).toMatchObject({ proposedBy: { type: 'operator', id: 'op' }, approvedBy: { type: 'operator', id: 'op2' } });
    const [entry] = await bench.rows<{ detail: object }>(
      `select detail from audit_entry where action = 'approval.approve' and target_id = $1`,
      [id],
    );
    expect(entry!.detail).toMatchObject({ alone: true, proposedBy: 'op' });
  });

  it('leaves a sealed audit behind that verifies, with the entries of the erasure and all before it', async () => {
    const signer = readSigner(PEM);
    const dataSource = await createDataSource({ url: bench.workerUrl, applicationName: 'spec' }).initialize();
    try {
      const unitOfWork = new UnitOfWork(dataSource);
      const sealer = new AuditSealer(new SealingStore(dataSource), unitOfWork, signer);
      await eventually(async () => {
        await sealer.round();
        return (await sealingLag(dataSource)).entries === 0;
      });
      const [tenantId] = bench.tenantIds;
      const lines = new AuditExport(new ExportStore(dataSource, unitOfWork)).ofTenant({ tenantId, actor: OPERATOR });
      const { finding, covered } = await verifyStream(bytesOf(lines), { publicKeys: [signer.publicKey] });
      const [written] = await bench.rows<{ count: number }>('select count(*)::int as count from audit_entry where tenant_id = $1', [
        tenantId,
      ]);
      expect([finding, covered.entries, covered.unsealed]).toEqual([null, written!.count, 0]);
      expect(covered.entries).toBeGreaterThan(10);
    } finally {
      await dataSource.destroy();
    }
  });
});

async function* bytesOf(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of lines) yield Buffer.from(text);
}
