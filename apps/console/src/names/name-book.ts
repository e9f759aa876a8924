import type { ColleagueList } from '@app/contracts';
import type { Answer } from '../api/failure';

/** As many ids as one question holds. */
const MOST = 50;
/** Names that one page shows are asked for together. */
const GATHER_MS = 30;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What people are called, asked for as their ids come up and kept while the pages are open. */
export class NameBook {
  private readonly names = new Map<string, string | null>();
  private readonly wanted = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private edition = 0;

  constructor(private readonly ask: (ids: readonly string[]) => Promise<Answer<ColleagueList>>) {}

  /** The display name; null where it is not known, yet or at all: an id of a program or of the command line is nobody's. */
  nameOf(id: string): string | null {
    const known = this.names.get(id);
    if (known === undefined && ID.test(id)) {
      this.wanted.add(id);
      this.timer ??= setTimeout(() => void this.look(), GATHER_MS);
    }
    return known ?? null;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Another number whenever more is known. */
  readonly version = (): number => this.edition;

  private async look(): Promise<void> {
    this.timer = undefined;
    const ids = [...this.wanted];
    this.wanted.clear();
    for (const id of ids) this.names.set(id, null);
    for (let at = 0; at < ids.length; at += MOST) await this.learn(ids.slice(at, at + MOST));
  }

  private async learn(ids: readonly string[]): Promise<void> {
    const answer = await this.ask(ids);
    if (!answer.ok) {
      // The login stands there meanwhile; who comes up again is asked for again.
      for (const id of ids) this.names.delete(id);
      return;
    }
    for (const { id, displayName } of answer.value.items) this.names.set(id, displayName);
    this.edition += 1;
    for (const listener of this.listeners) listener();
  }
}
