import type { StackProcessName } from '@app/devstack';
import { z } from 'zod';
import { eventually } from '../../support/eventually';
import type { CampaignProduct } from './campaign-product';
import type { PatientClient } from './patient-client';
import type { Question } from './question';

const RESTART_TIMEOUT_MS = 90_000;
const STEP_TIMEOUT_MS = 60_000;
/** Long enough to kill a process while the provider is thinking, shorter than egress's patience. */
const THINKING_MS = 1_500;

const Calls = z.array(z.object({ billNumber: z.string() }));

/** What the kills at the steps of an attempt are done with. */
export class StepGround {
  constructor(
    private readonly product: CampaignProduct,
    private readonly client: PatientClient,
  ) {}

  ask(question: Question): Promise<string> {
    return this.client.ask(question, `step-${question.number}`);
  }

  /** Asks a provider that takes its time; resolves when the provider has the call on its books and is still thinking. */
  async askThinking(question: Question): Promise<string> {
    const rule = { billNumber: question.elements.billNumber, delayMs: THINKING_MS };
    const scripted = await this.product.sandbox('faults', { method: 'POST', body: JSON.stringify(rule) });
    if (!scripted.ok) throw new Error(`the sandbox refused the delay: ${await scripted.text()}`);
    const id = await this.ask(question);
    await this.until('the call at the provider', async () => (await this.callsFor(question)) > 0);
    return id;
  }

  /** Waits until the provider has answered what `askThinking` asked, whoever still listens. */
  async thinkingEnds(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 2 * THINKING_MS));
  }

  async callsFor({ elements }: Question): Promise<number> {
    const ledger = Calls.parse(await (await this.product.sandbox('ledger')).json());
    return ledger.filter(({ billNumber }) => billNumber === elements.billNumber).length;
  }

  async until(what: string, condition: () => Promise<boolean>): Promise<void> {
    await eventually(condition, { what, timeoutMs: STEP_TIMEOUT_MS });
  }

  /** Ends a process as a power cut would; `revive` starts it again. */
  async kill(name: StackProcessName): Promise<void> {
    await this.product.stack.process(name).kill();
  }

  async revive(name: StackProcessName): Promise<void> {
    await this.product.stack.process(name).restart(RESTART_TIMEOUT_MS);
  }

  /** Keeps a process from running for as long as `work` takes, with its sockets open. */
  async whileHalted<T>(name: StackProcessName, work: () => Promise<T>): Promise<T> {
    const { pid } = this.product.stack.process(name);
    process.kill(pid, 'SIGSTOP');
    try {
      return await work();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  }

  /** Lets nobody write into a table for as long as `work` takes; `waiting` resolves when the named process waits for it. */
  async whileLocked<T>(table: string, work: (waiting: (application: string) => Promise<void>) => Promise<T>): Promise<T> {
    const [locker, watcher] = [await this.product.connect(), await this.product.connect()];
    try {
      await locker.query(`begin; lock table ${table} in share mode`);
      return await work((application) =>
        this.until(`${application} waiting for ${table}`, async () => {
          const { rowCount } = await watcher.query(
            `select from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock' and query ilike '%' || $2 || '%'`,
            [application, table],
          );
          return (rowCount ?? 0) > 0;
        }),
      );
    } finally {
      await locker.query('rollback').catch(() => undefined);
      await Promise.all([locker.end(), watcher.end()]);
    }
  }
}
