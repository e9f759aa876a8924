import { createDataSource } from './data-source';
import { MIGRATIONS } from './migrations';
import { migrate } from './migrate';
import { assertSchemaKnown } from './schema-guard';
import { SchemaError } from './schema.error';
import { createEmptyDatabase, type TestDatabase } from '../../../test/support/test-database';

const names = MIGRATIONS.map((Migration) => new Migration().name);

describe('migrate', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await createEmptyDatabase()));
  afterEach(() => database.drop());

  it('lets one of two migrators work while the other waits', async () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const [first, second] = await Promise.all([
      migrate({ ownerUrl: database.ownerUrl, log }),
      migrate({ ownerUrl: database.ownerUrl, log }),
    ]);
    expect([first.applied, second.applied].sort((a, b) => b.length - a.length)).toEqual([names, []]);
    expect(lines.filter((line) => line.startsWith('another migration is running'))).toHaveLength(1);
    expect(lines).toContain('the schema is up to date');
  });

  it('goes on where a migrator stopped', async () => {
    await migrate({ ownerUrl: database.ownerUrl });
    const lines: string[] = [];
    expect(await migrate({ ownerUrl: database.ownerUrl, log: (line) => lines.push(line) })).toEqual({ applied: [] });
    expect(lines).toEqual(['the schema is up to date']);
  });

  it('refuses to run as any role but the owner', async () => {
    await expect(migrate({ ownerUrl: database.superuserUrl })).rejects.toThrow(/migrations run as piaoyan_owner, not as/);
  });
});

describe('the schema guard', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await createEmptyDatabase()));
  afterEach(() => database.drop());

  async function check(prepare: string[] = []): Promise<void> {
    const owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec-owner' }).initialize();
    for (const statement of prepare) await owner.query(statement);
    await owner.destroy();
    const api = await createDataSource({ url: database.apiUrl, applicationName: 'spec-api' }).initialize();
    try {
      await assertSchemaKnown(api);
    } finally {
      await api.destroy();
    }
  }

  it('refuses a database that was never migrated, and says what to do', async () => {
    await expect(check()).rejects.toThrow(/older than this release.*Run "piaoyan migrate" as piaoyan_owner/);
  });

  it('refuses a schema that lacks the last migration', async () => {
    await migrate({ ownerUrl: database.ownerUrl });
    const last = String(names.at(-1));
    await expect(check([`delete from schema_migration where name = '${last}'`])).rejects.toThrow(
      `1 of ${names.length} migrations are missing (first: ${last})`,
    );
  });

  it('works on what a newer release has added, and refuses what it has taken away', async () => {
    await migrate({ ownerUrl: database.ownerUrl });
    await check([`insert into schema_migration (timestamp, name) values (1999999999998, 'AddColour1999999999998')`]);
    await expect(
      check([`insert into schema_migration (timestamp, name) values (1999999999999, 'ContractColour1999999999999')`]),
    ).rejects.toThrow(SchemaError);
  });
});
