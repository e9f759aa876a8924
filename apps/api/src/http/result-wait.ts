import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { ResultNotices } from './result-notices';

// While notices are heard, a look every second makes good for one that was lost.
const PAUSE_MS = 1_000;
// While they are not, a result is looked for by its row, one indexed read a look: often at first, since a verification takes some tens of
// milliseconds, then five times a second, which is soon enough for a reading.
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;

/** A row that another process brings to its end. */
export interface AwaitedResult<T> {
  id: string;
  look: () => Promise<T>;
  isFinal: (result: T) => boolean;
  /** False when it surely was not final a moment ago: then it is waited for before the first look. */
  mayBeFinal?: boolean;
}

/** Waits for rows that another process changes. A stopping process waits no longer: the caller gets what is known. */
@Injectable()
export class ResultWait implements BeforeApplicationShutdown {
  private isStopping = false;

  constructor(private readonly notices: ResultNotices) {}

  beforeApplicationShutdown(): void {
    this.isStopping = true;
    this.notices.wakeAll();
  }

  /** The first look that is final, or the last one within `seconds`. It ends early when the client has gone. */
  async until<T>(awaited: AwaitedResult<T>, waiting: { seconds: number; gone: () => boolean }): Promise<T> {
    const { id, look, isFinal, mayBeFinal = true } = awaited;
    const deadline = Date.now() + waiting.seconds * 1_000;
    const notice = this.notices.expect(id);
    try {
      let pauseMs = FIRST_PAUSE_MS;
      let isLook = mayBeFinal || this.isStopping;
      for (;;) {
        const remainingMs = deadline - Date.now();
        if (isLook || remainingMs <= 0) {
          const result = await look();
          if (isFinal(result) || remainingMs <= 0 || waiting.gone() || this.isStopping) return result;
        }
        isLook = true;
        await notice.within(Math.min(this.notices.areHeard ? PAUSE_MS : pauseMs, Math.max(0, deadline - Date.now())));
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      }
    } finally {
      notice.forget();
    }
  }
}
