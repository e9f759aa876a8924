/** A data key may not be destroyed alone while something may still be sealed under it. */
export class KeyInUseError extends Error {
  constructor(keyClass: string, generation: number) {
    super(
      `data key ${keyClass}/${generation} is active, or was within the last quarter of an hour: start a new generation first (piaoyan keys rotate), then wait`,
    );
    this.name = 'KeyInUseError';
  }
}
