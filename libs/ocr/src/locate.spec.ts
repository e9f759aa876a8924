import { locateText, type Locator } from './locate';
import type { PageImage, Quad } from './page';

/** Models that answer as told and count what they are asked; every line is as long as the next. */
function models(answers: { turned: number; confidence: (quad: Quad) => number }): {
  asked: Record<'cls' | 'rec', number>;
  locator: Locator;
} {
  const asked = { cls: 0, rec: 0 };
  const quads = Array.from({ length: 12 }, (_, row): Quad => [
    [10, 20 * row],
    [110, 20 * row],
    [110, 20 * row + 10],
    [10, 20 * row + 10],
  ]);
  const locator = {
    detector: {
      detect: () => Promise.resolve({ quads, scale: 1 }),
    },
    classifier: { turnedProbability: () => Promise.resolve((asked.cls++, answers.turned)) },
    recognizer: {
      read: (_page: PageImage, quad: Quad) => Promise.resolve((asked.rec++, { line: { confidence: answers.confidence(quad) } })),
    },
  } as unknown as Locator;
  return { asked, locator };
}

const PAGE: PageImage = { width: 120, height: 240, rgb: new Uint8Array(120 * 240 * 3) };
const isTurned = ([topLeft, topRight]: Quad) => topLeft[0] > topRight[0];

describe('locateText', () => {
  it('asks four of seven lines where they agree that the page is upright, and reads none', async () => {
    const { asked, locator } = models({ turned: 0.1, confidence: () => 1 });
    expect((await locateText(locator, PAGE)).turned).toBe(0);
    expect(asked).toEqual({ cls: 4, rec: 0 });
  });

  it('turns a page once two lines read clearly better turned', async () => {
    const { asked, locator } = models({ turned: 0.9, confidence: (quad) => (isTurned(quad) ? 0.95 : 0.6) });
    expect((await locateText(locator, PAGE)).turned).toBe(180);
    expect(asked).toEqual({ cls: 4, rec: 4 });
  });

  it('leaves a page as it lies when the reading does not agree, however long that takes to tell', async () => {
    const against = models({ turned: 0.9, confidence: (quad) => (isTurned(quad) ? 0.6 : 0.95) });
    expect((await locateText(against.locator, PAGE)).turned).toBe(0);
    expect(against.asked.rec).toBe(4);
    const undecided = models({ turned: 0.9, confidence: () => 0.8 });
    expect((await locateText(undecided.locator, PAGE)).turned).toBe(0);
    expect(undecided.asked.rec).toBe(14);
  });
});
