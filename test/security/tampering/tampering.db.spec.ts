import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { DATABASE_MUTATIONS } from './database-mutations';
import { ENTRY_MUTATIONS } from './entry-mutations';
import { REMOVAL_MUTATIONS } from './removal-mutations';
import { SEGMENT_MUTATIONS } from './segment-mutations';
import { runTamperCampaign } from './tamper-campaign';

/** Each kind a few times; `main.ts` runs thousands. */
describe('tampering with a sealed audit', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());

  it('is always seen, and at the record that was changed', async () => {
    const kinds = {
      exports: Object.keys({ ...ENTRY_MUTATIONS, ...SEGMENT_MUTATIONS, ...REMOVAL_MUTATIONS }).length,
      rows: Object.keys(DATABASE_MUTATIONS).length,
    };
    const report = await runTamperCampaign({ database, seed: 7, exportCases: kinds.exports * 3, databaseCases: kinds.rows * 2 });
    expect(report.problems).toEqual([]);
    expect(report.kinds.size).toBe(kinds.exports + kinds.rows);
    expect(report.total.cases).toBeGreaterThanOrEqual(200);
    expect(report.total.located).toBe(report.total.cases);
  });
});
