import type { JobName } from '@app/contracts';
import { JOB_NAMES } from '@app/contracts';
import { PgBoss, type Queue } from 'pg-boss';
import type { DataSource } from 'typeorm';

/** The schema that pg-boss keeps its tables in. */
export const JOB_SCHEMA = 'pgboss';

/** Where a job goes that cannot be done: it waits there for a person. */
export const deadLetterQueue = (name: JobName): string => `${name}.dead`;

type QueuePolicy = Pick<Queue, 'retryLimit' | 'retryDelayMax' | 'expireInSeconds'>;

const DAY = 86_400;

/** How often a job is tried and how long one try may take. Back-off starts at a second and doubles up to the bound. */
const POLICIES: Record<JobName, QueuePolicy> = {
  'receipt.read': { retryLimit: 5, retryDelayMax: 300, expireInSeconds: 600 },
  'verification.send': { retryLimit: 10, retryDelayMax: 300, expireInSeconds: 300 },
  // Tries against a receiver are jobs of their own: these are for what fails on our side.
  'webhook.deliver': { retryLimit: 100, retryDelayMax: 300, expireInSeconds: 60 },
  // A batch whose feeding was given up would stand still for ever.
  'batch.feed': { retryLimit: 1_000, retryDelayMax: 300, expireInSeconds: 300 },
  // The object store may be away for days, and what was marked must be erased all the same.
  'retention.run': { retryLimit: 1_000, retryDelayMax: 3_600, expireInSeconds: 900 },
  // A person waits for it, by law; each try goes on where the last one ended.
  'subject.handle': { retryLimit: 1_000, retryDelayMax: 3_600, expireInSeconds: 3_600 },
};

const SHARED: Omit<Queue, 'name'> = {
  retryDelay: 1,
  retryBackoff: true,
  // The shortest that pg-boss allows: a killed worker's job is picked up again soon after.
  heartbeatSeconds: 10,
  notify: true,
  // An accepted receipt waits however long the worker is away; pg-boss would drop it after 14 days.
  retentionSeconds: 365 * DAY,
  deleteAfterSeconds: 7 * DAY,
};

/** Installs pg-boss and its queues as the owner, and lets the runtime roles use them. May be run again. */
export async function installJobQueues(ownerUrl: string, owner: DataSource): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: JOB_SCHEMA, max: 2, supervise: false, schedule: false });
  const errors: Error[] = [];
  boss.on('error', (error) => errors.push(error));
  await boss.start();
  try {
    for (const name of JOB_NAMES) await installQueue(boss, name);
  } finally {
    await boss.stop({ graceful: false });
  }
  if (errors[0]) throw errors[0];
  await grantJobSchema(owner);
}

async function installQueue(boss: PgBoss, name: JobName): Promise<void> {
  const dead = deadLetterQueue(name);
  const options = { ...SHARED, ...POLICIES[name], deadLetter: dead };
  if (!(await boss.getQueue(dead))) await boss.createQueue(dead, { retentionSeconds: SHARED.retentionSeconds, deleteAfterSeconds: 0 });
  if (await boss.getQueue(name)) await boss.updateQueue(name, options);
  else await boss.createQueue(name, options);
}

/** The api only adds jobs; the worker runs, retries and tidies them. Neither may change the schema. */
async function grantJobSchema(owner: DataSource): Promise<void> {
  await owner.query(`GRANT USAGE ON SCHEMA ${JOB_SCHEMA} TO piaoyan_api, piaoyan_worker`);
  await owner.query(`GRANT SELECT ON ${JOB_SCHEMA}.version, ${JOB_SCHEMA}.queue TO piaoyan_api`);
  await owner.query(`GRANT SELECT, INSERT ON ${JOB_SCHEMA}.job, ${JOB_SCHEMA}.job_common TO piaoyan_api`);
  await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${JOB_SCHEMA} TO piaoyan_worker`);
  await owner.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${JOB_SCHEMA} TO piaoyan_worker`);
}
