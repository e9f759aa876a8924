import type { SecurityReport } from './security-report';
import { problemsOf, renderReport } from './security-report';
import { runSecurity } from './security-run';

/** The same as `npm run test:security`. */
describe('routes, roles and tenants', () => {
  let report: SecurityReport;
  beforeAll(async () => {
    report = await runSecurity();
  });

  it('are as they must be', () => {
    expect(problemsOf(report)).toEqual([]);
  });

  it('were really asked', () => {
    const scoped = report.routes.filter(({ kind }) => kind === 'scope').length;
    expect(scoped).toBeGreaterThan(45);
    const own = report.routes.filter(({ kind }) => kind === 'session').length;
    expect(report.roles.asked).toBe((scoped + own) * report.callers);
    expect(report.guards).toHaveLength(scoped * 3);
    expect(report.filled).toBeGreaterThan(25);
    expect(report.store.tables).toEqual(expect.arrayContaining(['tenant', 'receipt', 'approval', 'audit_entry']));
    expect(report.store.tries).toHaveLength(report.store.tables.length * 2 * 13);
    expect(renderReport(report)).toContain('Nothing wrong.');
  });
});
