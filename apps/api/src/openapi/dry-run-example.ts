import type { PolicyDryRun } from '@app/contracts';

/** A dry run of a higher quota: some requests that were refused would have been calls. */
export const DRY_RUN_EXAMPLE: PolicyDryRun = {
  rulesVersion: 1,
  policyVersion: 3,
  requests: 1_204,
  isCut: false,
  from: '2026-06-13T01:20:07.120Z',
  to: '2026-07-13T00:58:41.700Z',
  asRecorded: 1_204,
  changes: [
    {
      before: { kind: 'refused', provider: null, refusal: 'tenant-quota' },
      after: { kind: 'called', provider: 'netocr', refusal: null },
      count: 2,
      ids: ['019ab1c2-0000-7000-8000-000000000102', '019ab1c2-0000-7000-8000-000000000101'],
    },
  ],
  calls: { before: 1_010, after: 1_012 },
  costYuan: { before: '505.00', after: '506.00' },
  settlements: { count: 3, secondPerson: { before: 0, after: 0 } },
};
