import type { Page } from 'playwright-core';
import type { People } from './people';

/** What looking at one page of the console needs. */
export interface Eyes {
  readonly page: Page;
  readonly url: string;
  readonly sandboxUrl: string;
  readonly people: People;
  /** Where a second person is signed in, an accountant. */
  readonly colleague: Page;
  /** A page of another browser, watched like the first. */
  readonly other: () => Promise<Page>;
  /** Takes the complaints so far: there is one of this status at least, and nothing else. */
  readonly refused: (status: number) => void;
  /** Keeps pictures in both languages, both colours and both sizes, of another page where one is given; the page must fit a telephone. */
  readonly pictures: (name: string, of?: Page) => Promise<void>;
  /** The same, with pictures in the first size only. */
  readonly fewPictures: (name: string, of?: Page) => Promise<void>;
  /** Keeps one picture of a dialog in each language; behind it nothing can be clicked, so it is opened anew by `open`. It stays open in Chinese. */
  readonly dialogPictures: (name: string, open: () => Promise<void>) => Promise<void>;
  readonly must: (isTrue: boolean, otherwise: string) => void;
}

/** A bill that no provider knows; each number is another one. */
export function unknownBill(number: number) {
  return {
    billCode: '32060126',
    billNumber: `00777000${String(number).padStart(2, '0')}`,
    checkCode: 'ab12cd',
    issueDate: new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10),
    totalAmount: '12.30',
  };
}

/** Makes the sandbox lose its answer about a bill after it was charged. */
export async function loseAnswer({ sandboxUrl, must }: Eyes, billNumber: string): Promise<void> {
  const response = await fetch(`${sandboxUrl}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify({ billNumber, fault: { kind: 'drop', when: 'afterCharge' } }),
  });
  must(response.status === 201, 'the sandbox takes no fault');
}
