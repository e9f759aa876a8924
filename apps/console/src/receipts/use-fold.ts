import { useState } from 'react';
import { useMedia } from '../app/use-media';

/** The width of receipts-page.module.css from which the list stands beside a receipt. */
const NARROW = '(max-width: 900px)';

/** Whether the list of receipts is folded: as the person said, else where it would stand above the receipt that was opened. */
export function useFold(openId: string | null): { readonly isFolded: boolean; readonly turn: () => void } {
  const isNarrow = useMedia(NARROW);
  const [wish, setWish] = useState<{ openId: string | null; isFolded: boolean } | null>(null);
  // In a narrow window each receipt that is opened folds the list anew.
  const isWished = wish !== null && (!isNarrow || wish.openId === openId);
  const isFolded = isWished ? wish.isFolded : isNarrow && openId !== null;
  return { isFolded, turn: () => setWish({ openId, isFolded: !isFolded }) };
}
