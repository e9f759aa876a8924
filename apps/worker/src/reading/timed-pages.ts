import { histogram } from '@app/observability';
import type { PageReader } from '@app/reading';

/** From a page that is nearly empty on a fast machine to one that a crowded node takes a minute for. */
const BUCKETS_SECONDS = [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];
const seconds = histogram(
  { name: 'piaoyan_ocr_page_seconds', help: 'How long the models took for a page, with the wait for a free thread' },
  BUCKETS_SECONDS,
);

/** The same engine, which tells how long each page took it; one that failed is none. */
export function timedPages(engine: PageReader): PageReader {
  return {
    read: async (...page) => {
      const ended = seconds.startTimer();
      const text = await engine.read(...page);
      ended();
      return text;
    },
  };
}
