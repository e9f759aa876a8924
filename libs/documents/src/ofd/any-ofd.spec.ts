import { billOfd, ofdFile, type OfdParts, sampleBill } from '@app/samples';
import fc from 'fast-check';
import { DocumentError } from '../document.error';
import { openDocument } from '../open-document';
import { probeDocument } from '../probe-document';

/** Numbers, names and marks that a page may have where it should not. */
const ODD = ['', 'NaN', '-1', '0', '1e300', '-999999', '0.0001', 'g 9 9', 'true', '/../x', '"', '<', '>', '票'];

async function outcome(bytes: Buffer): Promise<string> {
  try {
    const document = await openDocument(bytes);
    for (let number = 1; number <= document.pageCount; number += 1) {
      const page = await document.page(number);
      const places = page.kind === 'text' ? page.lines.flatMap(({ quad, chars }) => [...quad.flat(), ...chars.map(({ x }) => x)]) : [];
      if (!places.every(Number.isFinite)) return 'a place that is none';
      await document.picture(number);
    }
    return 'read';
  } catch (error) {
    if (error instanceof DocumentError) return 'refused';
    throw error;
  }
}

describe('any change of an OFD document', () => {
  const bill = sampleBill(4, { today: '2026-11-22' });

  it('ends in pages or in a DocumentError, whatever its page says', async () => {
    let parts: OfdParts | undefined;
    await billOfd(bill, { seed: 4, change: (given) => (parts = given) });
    const tokens = [...new Set(parts?.pages[0]?.match(/[A-Za-z]+(?==")|-?\d+(?:\.\d+)?/gu))];
    const change = fc.tuple(fc.constantFrom(...tokens), fc.oneof(fc.constantFrom(...ODD), fc.constantFrom(...tokens)));
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const swap = (page: string) => changes.reduce((text, [from, to]) => text.replaceAll(from, to), page);
        const end = await outcome(ofdFile({ ...parts, pages: parts?.pages.map(swap) ?? [] }));
        if (end === 'read') read += 1;
        expect(['read', 'refused']).toContain(end);
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(read).toBeGreaterThan(10);
  });

  it('ends in pages or in a DocumentError, whatever its bytes are', async () => {
    const bytes = await billOfd(bill, { seed: 4, attached: bill });
    expect(await probeDocument(bytes)).toEqual({ mediaType: 'application/ofd', width: 0, height: 0, pages: 0 });
    const change = fc.record({ at: fc.nat(bytes.length - 1), put: fc.uint8Array({ minLength: 1, maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const changed = Buffer.from(bytes);
        for (const { at, put } of changes) changed.set(put.subarray(0, bytes.length - at), at);
        expect(['read', 'refused']).toContain(await outcome(changed));
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
