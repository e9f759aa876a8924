import { randomBytes } from 'node:crypto';
import type { MasterKeys, Suite } from '@app/crypto';

const CONTEXT = Buffer.from('probe');
/** A device is asked at most this often, however many probes come; and as soon again when it did not answer. */
export const PROBE_EVERY_MS = 15_000;

/** Whether whoever keeps the master keys answers: a key that is nobody's is wrapped and unwrapped. */
export class MasterKeyProbe {
  private last: { answer: Promise<void>; until: number } | null = null;

  /** `now` gives milliseconds. */
  constructor(
    private readonly masterKeys: MasterKeys,
    private readonly suite: Suite,
    private readonly now = () => performance.now(),
  ) {}

  /** Rejects when it does not answer, or with another key. Those who ask meanwhile and soon after share one answer. */
  check(): Promise<void> {
    if (this.last !== null && this.now() < this.last.until) return this.last.answer;
    const asked = { answer: this.ask(), until: Infinity };
    const ended = () => void (asked.until = this.now() + PROBE_EVERY_MS);
    asked.answer.then(ended, ended);
    this.last = asked;
    return asked.answer;
  }

  private async ask(): Promise<void> {
    const key = randomBytes(32);
    const opened = await this.masterKeys.unwrap(CONTEXT, await this.masterKeys.wrap(this.suite, CONTEXT, key));
    if (!opened.equals(key)) throw new Error('the keeper of the master keys gave another key back');
  }
}
