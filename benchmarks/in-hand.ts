/** Does `work` with each number below `count`, with at most `atOnce` begun and not ended: one more begins only when one has ended. */
export async function inHand(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
  } catch (error) {
    next = count;
    throw error;
  }
}
