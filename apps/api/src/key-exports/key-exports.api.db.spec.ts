import { createHash } from 'node:crypto';
import { AuditEntry, AuditLog } from '@app/audit';
import { ApprovalView, KeyPackage, Problem } from '@app/contracts';
import { ConfiguredMasterKeys, SUITE_NAMES, SUITES, type SuiteName, UnsealError } from '@app/crypto';
import { createDataSource, UnitOfWork } from '@app/database';
import { KeyImportError, Keyring, type KeyringAdmin, KeyPackageError, type SealPlace, withKeyringAdmin } from '@app/keyring';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { TEST_KEYS } from '../../../../test/support/test-keys';

const OPERATOR = { type: 'operator', id: 'root', name: 'root' } as const;
const THEIR_MASTER_KEY = 'd'.repeat(64);
const PLACE: SealPlace = { dataClass: 'detail', purpose: 'spec.text', rowId: '1' };
const TEXT = Buffer.from('查验明细');
const PEOPLE = ['019ab1c2-0000-7000-8000-00000000a001', '019ab1c2-0000-7000-8000-00000000a002'] as const;

interface Exported {
  id: string;
  /** The package as it was delivered. */
  packageText: string;
  recipientText: string;
}

describe('exporting keys', () => {
  let bench: ApiBench;
  let elsewhere: TestDatabase;
  let proposer: string;
  let decider: string;
  let sealed: Buffer;
  let hash: Buffer;
  beforeAll(async () => {
    bench = await createApiBench({}, { withWorker: false });
    [proposer, decider] = [
      bench.person('securityAdministrator', { id: PEOPLE[0] }),
      bench.person('securityAdministrator', { id: PEOPLE[1] }),
    ];
    await asProcess(bench.database, TEST_KEYS.masterKey, async (one) => {
      hash = await one.searchHash(tenant(), 'field', 'value');
      sealed = await one.seal(tenant(), PLACE, TEXT);
    });
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    elsewhere = await createTestDatabase();
  });
  afterEach(() => elsewhere.drop());

  const tenant = () => ({ tenantId: bench.tenantIds[0], actor: { type: 'worker', id: 'job', name: 'spec' } as const });
  /** A process of either installation. */
  async function asProcess<T>({ apiUrl: url }: TestDatabase, masterKey: string, work: (one: Keyring) => Promise<T>): Promise<T> {
    const dataSource = await createDataSource({ url, applicationName: 'spec-process', entities: [AuditEntry] }).initialize();
    const parts = { unitOfWork: new UnitOfWork(dataSource), audit: new AuditLog(), masterKeys: new ConfiguredMasterKeys(masterKey) };
    try {
      return await work(new Keyring({ ...parts, suite: SUITES.standard }));
    } finally {
      await dataSource.destroy();
    }
  }
  /** The operator of the other installation. */
  const there = <T>(work: (admin: KeyringAdmin) => Promise<T>, suite: SuiteName = 'standard', masterKey = THEIR_MASTER_KEY): Promise<T> =>
    withKeyringAdmin({ ownerUrl: elsewhere.ownerUrl, applicationName: 'spec-there', masterKey, suite }, work);
  const moveTenant = async (): Promise<void> => {
    const owner = await createDataSource({ url: elsewhere.superuserUrl, applicationName: 'spec-move' }).initialize();
    await owner.query(`insert into tenant (id, name) values ($1, 'moved')`, [bench.tenantIds[0]]);
    await owner.destroy();
  };
  const post = (path: string, body: object, key: string): Promise<Response> =>
    bench.fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, key });
  const propose = (recipient: string, changes: object = {}): Promise<Response> =>
    post('/v1/key-exports', { recipient, classes: ['detail', 'search'], reason: '迁移', ...changes }, proposer);
  const deliver = (id: string, key = proposer): Promise<Response> => post(`/v1/key-exports/${id}/delivery`, {}, key);
  const codeOf = async (response: Response): Promise<string> => Problem.parse(await response.json()).code;
  const exported = async (suite: SuiteName): Promise<Exported> => {
    const { file } = await there((admin) => admin.newRecipient(), suite);
    const proposal = ApprovalView.parse(await (await propose(file.recipient)).json());
    expect((await bench.decide(proposal, decider)).status).toBe(200);
    return { id: proposal.id, packageText: await (await deliver(proposal.id)).text(), recipientText: JSON.stringify(file) };
  };

  it('is proposed by one and approved by another, who sees the recipient’s fingerprint; before that nothing is packed', async () => {
    const { file, fingerprint } = await there((admin) => admin.newRecipient());
    const proposal = ApprovalView.parse(await (await propose(file.recipient)).json());
    expect(proposal.changes).toEqual([
      { field: 'recipient', before: null, after: fingerprint },
      { field: 'keys', before: null, after: 'detail/1 search/1' },
    ]);
    expect(await codeOf(await deliver(proposal.id))).toBe('not-found');
    expect(await codeOf(await bench.decide(proposal, proposer))).toBe('approval-own');
    expect(await bench.rows('select id from key_export')).toEqual([]);
    expect((await bench.decide(proposal, decider, 'reject')).status).toBe(200);
    expect(await codeOf(await deliver(proposal.id))).toBe('not-found');
  });

  it('is refused for what is no recipient, and for classes without keys', async () => {
    const { file } = await there((admin) => admin.newRecipient());
    const offCurve = `sm2:${Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64url')}`;
    const ofSmallOrder = `x25519:${Buffer.alloc(32).toString('base64url')}`;
    for (const recipient of ['x25519:AAAA', `${file.recipient}A`, offCurve, ofSmallOrder, 'rsa:x']) {
      expect([recipient, await codeOf(await propose(recipient))]).toEqual([recipient, 'invalid-field']);
    }
    expect(await codeOf(await propose(file.recipient, { classes: ['original'] }))).toBe('invalid-field');
    expect(await codeOf(await propose(file.recipient, { classes: ['detail', 'detail'] }))).toBe('invalid-field');
  });

  describe.each(SUITE_NAMES)('to a recipient of the suite %s', (suite) => {
    it('delivers the package once, also in a race, on record with the hash of the very bytes', async () => {
      const { file } = await there((admin) => admin.newRecipient(), suite);
      const proposal = ApprovalView.parse(await (await propose(file.recipient)).json());
      await bench.decide(proposal, decider);
      const answers = await Promise.all([deliver(proposal.id), deliver(proposal.id, decider), deliver(proposal.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
      expect(await codeOf(await deliver(proposal.id))).toBe('key-export-delivered');
      const answer = answers.find(({ status }) => status === 200)!;
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="keys-${proposal.id}.json"`);
      const text = await answer.text();
      expect(KeyPackage.parse(JSON.parse(text))).toMatchObject({ suite, tenantName: 'first', approvalId: proposal.id });
      expect(await bench.rows('select package_wrapped from key_export where id = $1', [proposal.id])).toEqual([{ package_wrapped: null }]);
      const sha256 = createHash('sha256').update(text).digest('hex');
      expect(
        await bench.rows(
          `select action, detail->>'sha256' as sha256 from audit_entry where target_id = $1 and target_type = 'keyExport' order by id`,
          [proposal.id],
        ),
      ).toEqual(['dataKey.export', 'dataKey.deliver'].map((action) => ({ action, sha256 })));
    });

    it('opens on another installation what was sealed here, and finds it again', async () => {
      const delivery = await exported(suite);
      expect((await there((admin) => admin.openPackage(delivery))).keys.map((key) => key.class)).toEqual(['detail', 'search']);
      await expect(there((admin) => admin.importPackage(OPERATOR, delivery))).rejects.toThrow('there is no tenant with the id');
      await moveTenant();
      const outcomes = async () => (await there((admin) => admin.importPackage(OPERATOR, delivery))).map(({ outcome }) => outcome);
      expect(await outcomes()).toEqual(['imported', 'imported']);
      expect(await outcomes()).toEqual(['present', 'present']);
      await asProcess(elsewhere, THEIR_MASTER_KEY, async (one) => {
        expect(await one.open(tenant(), PLACE, sealed)).toEqual(TEXT);
        expect(await one.searchHash(tenant(), 'field', 'value')).toEqual(hash);
      });
    });

    it('opens for nobody else, and not where anything in it was changed', async () => {
      const delivery = await exported(suite);
      const { file: other } = await there((admin) => admin.newRecipient(), suite);
      const open = (changes: Partial<Exported>, masterKey?: string) =>
        there((admin) => admin.openPackage({ ...delivery, ...changes }), 'standard', masterKey);
      await expect(open({ recipientText: JSON.stringify(other) })).rejects.toThrow(KeyPackageError);
      await expect(open({}, 'c'.repeat(64))).rejects.toThrow(UnsealError);
      const swapped = { ...(JSON.parse(delivery.recipientText) as typeof other), wrapped: other.wrapped };
      await expect(open({ recipientText: JSON.stringify(swapped) })).rejects.toThrow(UnsealError);
      const whole = KeyPackage.parse(JSON.parse(delivery.packageText));
      const [first, second] = whole.keys;
      const flipped = (text: string): string => {
        const bytes = Buffer.from(text, 'base64');
        bytes[20] = bytes[20]! ^ 1;
        return bytes.toString('base64');
      };
      const spoilt: Partial<KeyPackage>[] = [
        { tenantId: bench.tenantIds[1] },
        { tenantName: 'second' },
        { exportedAt: '2020-01-01T00:00:00.000Z' },
        { keys: [second!, first!] },
        { keys: [first!] },
        { keys: [{ ...first!, generation: 2 }, second!] },
        { sealed: flipped(whole.sealed) },
        { encapsulated: flipped(whole.encapsulated) },
      ];
      for (const change of spoilt) {
        const packageText = JSON.stringify({ ...whole, ...change });
        const outcome = await open({ packageText }).then(
          () => 'opened',
          (error: unknown) => (error as Error).name,
        );
        expect([change, outcome]).toEqual([change, 'UnsealError']);
      }
      for (const packageText of ['', '{}', delivery.packageText.slice(0, -1), JSON.stringify({ ...whole, more: 1 })]) {
        await expect(open({ packageText })).rejects.toThrow(KeyPackageError);
      }
    });
  });

  it('takes in all keys or none: another key of the same name, or a destroyed one, stops it', async () => {
    const delivery = await exported('standard');
    await moveTenant();
    await asProcess(elsewhere, THEIR_MASTER_KEY, (one) => one.searchHash(tenant(), 'field', 'value'));
    await expect(there((admin) => admin.importPackage(OPERATOR, delivery))).rejects.toThrow(KeyImportError);
    const standing = await there((admin) => admin.status(OPERATOR));
    expect(standing.flatMap(({ keys }) => keys.map(({ keyClass }) => keyClass))).toEqual(['search']);
  });

  it('shows no key in clear: not in an answer, a row, an error', async () => {
    const { packageText } = await exported('standard');
    const secrets = await secretsOf(bench);
    expect(secrets).toHaveLength(2);
    const rows = JSON.stringify(await bench.rows('select k.*, a.payload from key_export k join approval a on a.id = k.id'));
    for (const secret of secrets) {
      for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const) {
        for (const text of [packageText, rows]) expect(text.includes(secret.toString(form))).toBe(false);
      }
    }
  });
});

/** The data keys of the first tenant as only the test knows them. */
async function secretsOf(bench: ApiBench): Promise<Buffer[]> {
  const rows = await bench.rows<{ keyClass: string; masterKey: string; wrapped: Buffer }>(
    `select data_class as "keyClass", master_key as "masterKey", wrapped from data_key where tenant_id = $1 and data_class in ('detail', 'search')`,
    [bench.tenantIds[0]],
  );
  const masterKeys = new ConfiguredMasterKeys(TEST_KEYS.masterKey);
  return Promise.all(
    rows.map(({ keyClass, masterKey, wrapped }) =>
      masterKeys.unwrap(Buffer.from(JSON.stringify(['data-key', bench.tenantIds[0], keyClass, 1])), { masterKey, bytes: wrapped }),
    ),
  );
}
