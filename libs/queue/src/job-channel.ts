import { JOB_SCHEMA } from '@app/database';
import { createHash } from 'node:crypto';

/** The channel on which pg-boss tells, with a queue's name, that a job was added to it; the name is pg-boss's own. */
export function jobChannel(): string {
  return `pgboss_${createHash('sha224').update(JOB_SCHEMA).digest('hex').slice(0, 24)}`;
}
