import { setTimeout as delay } from 'node:timers/promises';
import type { AcceptedReceipts } from './accepted-receipts';
import type { SoakClock } from './soak-clock';
import type { SoakReceipt, TimedApi } from './timed-api';

const POLL_MS = 500;
/** A refused or failed upload is an error already; the next one must not come as fast as it was refused. */
const AFTER_ERROR_MS = 1_000;

export interface Uploading {
  api: TimedApi;
  clock: SoakClock;
  accepted: AcceptedReceipts;
  receipts: readonly SoakReceipt[];
}

/** Keeps `atOnce` receipts accepted and not yet read: each lane uploads its next one when its last one is done. */
export async function keepUploading({ api, clock, accepted, receipts }: Uploading, atOnce: number): Promise<void> {
  let uploads = 0;
  const lane = async (): Promise<void> => {
    while (!clock.isOver) {
      const receipt = receipts[uploads++ % receipts.length];
      const view = receipt && (await api.upload(receipt));
      if (!view) await delay(AFTER_ERROR_MS);
      else {
        accepted.accept(view.id);
        await untilDone(api, accepted, view.id, () => clock.isOver);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Looks until the receipt is read or failed, or `gaveUp` says that it is no longer waited for. */
export async function untilDone(api: TimedApi, accepted: AcceptedReceipts, id: string, gaveUp: () => boolean): Promise<void> {
  while (!gaveUp()) {
    await delay(POLL_MS);
    const view = await api.receipt(id);
    if (view && view.state !== 'queued') {
      accepted.finish(id);
      return;
    }
  }
}
