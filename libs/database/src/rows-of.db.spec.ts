import { Column, CreateDateColumn, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { createDataSource } from './data-source';
import { rowsOf } from './rows-of';
import type { TenantContext } from './tenant-context';
import type { Tx } from './tx';
import { UnitOfWork } from './unit-of-work';

const TENANT: TenantContext = { tenantId: '11111111-1111-4111-8111-111111111111', actor: { type: 'worker', id: 'spec', name: 'spec' } };

@Entity('fact')
class Fact {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

  @Column({ type: 'text', nullable: true })
  firstWord!: string | null;

  @Column({ type: 'json', nullable: true })
  detail!: { deep: string[] } | null;

  @Column({ type: 'bigint', transformer: { from: (stored: string) => BigInt(stored), to: String } })
  fen!: bigint;

  @Column({ type: 'timestamptz', nullable: true })
  at!: Date | null;

  @Column({ type: 'text', array: true })
  words!: string[];

  get isBig(): boolean {
    return this.fen > 5n;
  }
}

@Entity('note')
class Note {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

  @CreateDateColumn({ type: 'timestamptz' })
  madeAt!: Date;
}

const FACT = { firstWord: 'a', detail: { deep: ['x', "y'"] }, fen: 9_007_199_254_740_993n, at: new Date('2026-05-20T02:15:30.123Z') };
const fact = (id: number, changes: Partial<Fact> = {}) => Object.assign(new Fact(), { id, ...FACT, words: ['一', '{"'], ...changes });

describe('the rows of an entity', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec', entities: [Fact, Note] }).initialize();
    await owner.query(
      'create table fact (id int primary key, first_word text, detail json, fen bigint not null, at timestamptz, words text[] not null)',
    );
    await owner.query('create table note (id int primary key, made_at timestamptz not null default now())');
    run = (work) => new UnitOfWork(owner).run(TENANT, work);
  });
  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  it('are found by a condition, in its order, as the repository finds them', async () => {
    await run(async (tx) => {
      for (const id of [31, 33, 32]) await rowsOf(tx, Fact).insert(fact(id));
      const found = await rowsOf(tx, Fact).findWhere('id > $1 order by id desc limit 2', [30]);
      expect(found.map(({ id }) => id)).toEqual([33, 32]);
      expect(found[0]).toEqual(await tx.manager.findOneBy(Fact, { id: 33 }));
      expect(found[0]).toBeInstanceOf(Fact);
    });
  });

  it.each([
    ['all its values', fact(1)],
    ['nothing where it may', fact(2, { firstWord: null, detail: null, at: null, words: [] })],
  ])('are written and read as the repository does, with %s', async (_what, row) => {
    const both = await run(async (tx) => {
      await rowsOf(tx, Fact).insert(row);
      return [await rowsOf(tx, Fact).findOneBy({ id: row.id }), await tx.manager.getRepository(Fact).findOneBy({ id: row.id })];
    });
    expect(both).toEqual([row, row]);
    expect(both[0]).toBeInstanceOf(Fact);
    expect(both[0]?.isBig).toBe(true);
  });

  it('are found by all values together, null too', async () => {
    await run(async (tx) => {
      await rowsOf(tx, Fact).insert(fact(3, { firstWord: null }));
      expect(await rowsOf(tx, Fact).findOneBy({ id: 3, firstWord: null })).toEqual(fact(3, { firstWord: null }));
      expect(await rowsOf(tx, Fact).findOneBy({ id: 3, firstWord: 'a' })).toBeNull();
    });
  });

  it('are not found by nothing, or by what is not known', async () => {
    await run(async (tx) => {
      await expect(rowsOf(tx, Fact).findOneBy({ id: undefined })).rejects.toThrow('undefined id');
      await expect(rowsOf(tx, Fact).findOneBy({})).rejects.toThrow('by nothing');
    });
  });

  it('are kept from others when they are locked', async () => {
    await run((tx) => rowsOf(tx, Fact).insert(fact(4)));
    await run(async (tx) => {
      await rowsOf(tx, Fact).findOneBy({ id: 4 }, { lock: true });
      await expect(owner.query('select 1 from fact where id = 4 for update nowait')).rejects.toThrow('could not obtain lock');
    });
  });

  it('leave to the database what only it knows', async () => {
    const note = Object.assign(new Note(), { id: 1 });
    const found = await run(async (tx) => {
      await rowsOf(tx, Note).insert(note);
      return rowsOf(tx, Note).findOneBy({ id: 1 });
    });
    expect(found?.madeAt).toBeInstanceOf(Date);
  });
});
