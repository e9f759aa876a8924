import type { TenantContext } from '@app/database';
import type { Verification, VerificationDetail } from '@app/verification';
import type { VerificationBench } from './verification-bench';

/** One job of a verification, and by how many seconds it was put off. */
export interface SendJob {
  data: { tenantId: string; verificationId: string; attemptId: string };
  delay: number;
}

/** Runs the jobs of verifications by hand, as the worker does, and looks at what became of them. */
export class SendingOf {
  constructor(private readonly bench: VerificationBench) {}

  jobsOf({ id }: Pick<Verification, 'id'>): Promise<SendJob[]> {
    return this.bench.rows<SendJob>(
      `select data, round(extract(epoch from start_after - created_on))::int as delay from pgboss.job
       where name = 'verification.send' and data->>'verificationId' = $1 order by created_on, start_after`,
      [id],
    );
  }

  async newestJob(verification: Pick<Verification, 'id'>): Promise<SendJob> {
    return (await this.jobsOf(verification)).at(-1)!;
  }

  /** Runs the newest job, as the given delivery of it. */
  async run(verification: Pick<Verification, 'id'>, attempt = 1): Promise<void> {
    const { data } = await this.newestJob(verification);
    await this.bench.sending.send(data, { id: 'job', signal: new AbortController().signal, attempt });
  }

  look({ id, tenantId }: Verification): Promise<VerificationDetail> {
    const tenant: TenantContext = { tenantId, actor: { type: 'apiKey', id: 'spec', name: 'spec' } };
    return this.bench.verifications.get(tenant, id);
  }

  async usedPlaces({ billHash }: Verification): Promise<number> {
    const rows = await this.bench.rows<{ used: number }>(
      'select coalesce(sum(used), 0)::int as used from bill_day_count where bill_hash = $1',
      [billHash],
    );
    return rows[0]!.used;
  }
}
