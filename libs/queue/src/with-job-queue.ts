import { createBoss } from './boss';
import type { JobQueue } from './job-queue';
import { PgBossJobQueue } from './pg-boss-job-queue';

/** Lends a queue to one piece of work outside the processes, such as a command; it only adds jobs. */
export async function withJobQueue<T>(url: string, work: (jobs: JobQueue) => Promise<T>): Promise<T> {
  const boss = createBoss(url, { application_name: 'piaoyan-queue', max: 1, supervise: false });
  await boss.start();
  try {
    return await work(new PgBossJobQueue(boss));
  } finally {
    await boss.stop({ graceful: false });
  }
}
