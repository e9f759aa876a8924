import { generateKeyPairSync } from 'node:crypto';
import { AuditEntry, AuditSealer, readSigner, SealingStore } from '@app/audit';
import { AuditPage, BillPage, type Problem, ReceiptView, type RuleSets } from '@app/contracts';
import { createDataSource, UnitOfWork } from '@app/database';
import { type PackPart, ProvenEntry, readStoredZip, signPack, verifyPack, writeStoredZip } from '@app/evidence';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { foundBy } from '../../../../test/support/found-bills';
import { eventually } from '../../../../test/support/eventually';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, newElements } from '../../../../test/support/verification-bench';

const pem = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;

describe('the evidence of a bill, over HTTP', () => {
  const key = pem();
  const signer = readSigner(pem());
  const elements = newElements();
  let bench: ApiBench;
  let billId: string;
  let receiptId: string;
  let image: Buffer;
  beforeAll(async () => {
    bench = await createApiBench({ PIAOYAN_EVIDENCE_SIGNING_KEY: key });
    bench.reader.script = () => madeUpReading(elements);
    image = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
    const consent = { 'x-piaoyan-consent-reference': encodeURIComponent('同意书-2026-7') };
    const upload = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(image), headers: { ...headers, ...consent } });
    receiptId = ReceiptView.parse(await upload.json()).id;
    const terms = `failover, daily_quota, on_implausible) values ($1, 1, now(), 'off', 99, 'warn')`;
    await bench.rows(`insert into verification_policy (tenant_id, version, updated_at, ${terms}`, [bench.tenantIds[0]]);
    await bench.rows(
      `insert into verification_policy_version (tenant_id, version, set_at, failover, daily_quota, on_implausible, set_by, set_by_name)
       values ($1, 1, now(), 'off', 99, 'warn', 'spec', 'spec')`,
      [bench.tenantIds[0]],
    );
    bench.egress.willSay(answered('0', { reversed: false, payer: '张三' }));
    const order = {
      method: 'POST',
      body: JSON.stringify({ receiptId }),
      headers: { ...headers, 'content-type': 'application/json', 'x-piaoyan-processing-purpose': encodeURIComponent('理赔') },
    };
    expect((await bench.fetch('/v1/verifications', order)).status).toBe(201);
    const list = await bench.fetch('/v1/bills/search', foundBy({ billNumber: elements.billNumber }));
    billId = BillPage.parse(await list.json()).items[0]!.id;
    await sealAll();
  });
  afterAll(() => bench.close());

  async function sealAll(): Promise<void> {
    const source = createDataSource({ url: bench.database.workerUrl, applicationName: 'spec', entities: [AuditEntry] });
    const worker = await source.initialize();
    const sealer = new AuditSealer(new SealingStore(worker), new UnitOfWork(worker), signer);
    const unsealed = `select 1 from audit_entry e where not exists (select from audit_signature s join audit_seal l on l.tenant_id = s.tenant_id
      and l.segment = s.segment where l.entry_id = e.id)`;
    // Transactions of other tests on the same server hold sealing up.
    await eventually(async () => (await sealer.round(), (await bench.rows(unsealed)).length === 0));
    await worker.destroy();
  }
  const made = async (): Promise<Buffer> => {
    const answer = await bench.fetch(`/v1/bills/${billId}/evidence`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    return Buffer.from(await answer.arrayBuffer());
  };
  const jsonOf = (zip: Buffer, name: string): unknown =>
    JSON.parse(
      readStoredZip(zip)
        .find((part) => part.name === name)!
        .bytes.toString('utf8'),
    ) as unknown;
  const problemOf = async (answer: Promise<Response>): Promise<Problem> => (await (await answer).json()) as Problem;

  it('holds the original, the reading, the verification, the raw reply, the charge, and the audit with its proofs', async () => {
    const zip = await made();
    const verdict = verifyPack(zip, { evidence: [readSigner(key).publicKey], audit: [signer.publicKey] });
    expect(verdict).toMatchObject({ isKeyKnown: true, areAuditKeysKnown: true, auditKeyIds: [signer.publicKey.id] });
    expect(verdict.manifest.bill).toEqual({ id: billId, billCode: elements.billCode, billNumber: elements.billNumber });
    const parts = new Map(readStoredZip(zip).map(({ name, bytes }) => [name, bytes]));
    expect(parts.get(`originals/${receiptId}`)?.equals(image)).toBe(true);
    expect(jsonOf(zip, 'receipts.json')).toMatchObject([{ receiptId, reading: { bills: [{ elements }] } }]);
    const [detail] = jsonOf(zip, 'verifications.json') as { attempts: { id: string }[]; verification: object }[];
    expect(detail!.verification).toMatchObject({ rulesVersion: 1, policyVersion: 1 });
    const { sets, ofTenant } = jsonOf(zip, 'rules.json') as RuleSets & { ofTenant: object[] };
    expect(sets.map(({ name, version }) => [name, version])).toEqual([
      ['reading', 1],
      ['verification', 1],
    ]);
    expect(ofTenant).toMatchObject([{ version: 1, dailyQuota: 99, setBy: 'spec' }]);
    expect(jsonOf(zip, 'processing-basis.json')).toMatchObject([
      { targetType: 'receipt', targetId: receiptId, consentReference: '同意书-2026-7', processingPurpose: null },
      { targetType: 'verification', consentReference: null, processingPurpose: '理赔' },
    ]);
    expect(await bench.rows(`select detail from audit_entry where action = 'basis.record' order by id`)).toEqual([
      { detail: { consentReference: true, processingPurpose: false } },
      { detail: { consentReference: false, processingPurpose: true } },
    ]);
    const tooLong = { 'x-piaoyan-consent-reference': 'x'.repeat(101), 'content-type': 'application/json' };
    const refused = { method: 'POST', body: JSON.stringify({ elements }), headers: tooLong };
    expect((await problemOf(bench.fetch('/v1/verifications', refused))).errors).toMatchObject([{ field: 'consentReference' }]);
    const attemptId = detail!.attempts[0]!.id;
    expect(parts.get(`replies/${attemptId}`)?.toString('utf8')).toContain('张三');
    expect(jsonOf(zip, 'charges.json')).toMatchObject([{ attemptId, charge: 'charged' }]);
    const entries = (jsonOf(zip, 'audit.json') as unknown[]).map((entry) => ProvenEntry.parse(entry));
    const sealed = entries.filter(({ proof }) => proof !== null).map(({ fields }) => fields['action']);
    expect(sealed).toEqual(
      expect.arrayContaining(['receipt.upload', 'receipt.read', 'verification.request', 'verification.intend', 'verification.outcome']),
    );
    expect(verdict.provenEntries).toBe(sealed.length);
  });

  it('is on record by the hash of its manifest before it is handed out, and nothing is handed out that is not', async () => {
    const zip = await made();
    const from = encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString());
    const to = encodeURIComponent(new Date(Date.now() + 3_600_000).toISOString());
    const query = `from=${from}&to=${to}&action=evidence.export&targetType=bill&targetId=${billId}`;
    const { items } = AuditPage.parse(await (await bench.fetch(`/v1/audit?${query}`)).json());
    expect(items[0]?.detail).toMatchObject({ bytes: zip.length, keyId: readSigner(key).publicKey.id });
    await bench.rows('revoke insert on audit_entry from piaoyan_api');
    try {
      expect(await problemOf(bench.fetch(`/v1/bills/${billId}/evidence`))).toMatchObject({ status: 503 });
    } finally {
      await bench.rows('grant insert on audit_entry to piaoyan_api');
    }
  });

  it('shows an entry of the audit that says another thing than was sealed, though the file is signed anew', async () => {
    const zip = await made();
    const entries = jsonOf(zip, 'audit.json') as { fields: Record<string, string>; proof: unknown }[];
    const forged = entries.map((entry) =>
      entry.fields['action'] === 'receipt.upload' ? { ...entry, fields: { ...entry.fields, actor_name: 'x' } } : entry,
    );
    const { format: _format, suite: _suite, keyId: _keyId, parts: _parts, ...facts } = verifyPack(zip).manifest;
    const own: PackPart[] = [{ name: 'audit.json', bytes: Buffer.from(JSON.stringify(forged)) }];
    const resigned = await signPack(facts, own, readSigner(key));
    const uploadId = entries.find(({ fields }) => fields['action'] === 'receipt.upload')!.fields['id'];
    expect(() => verifyPack(resigned.zip)).toThrow(`entry: ${uploadId}`);
    expect(() => verifyPack(writeStoredZip([{ name: 'audit.json', bytes: Buffer.from('[]') }]))).toThrow('missing: manifest.json');
  });

  it('is another tenant’s as little as a missing one, and needs its scope', async () => {
    const path = `/v1/bills/${billId}/evidence`;
    expect(await problemOf(bench.fetch(path, { key: bench.keys[1] }))).toMatchObject({ status: 404, code: 'not-found' });
    const weak = await bench.newKey('ledger.read');
    expect(await problemOf(bench.fetch(path, { key: weak }))).toMatchObject({ status: 403 });
  });
});
