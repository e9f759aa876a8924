/** There is no such generation whose key could be destroyed. */
export class NoGenerationError extends Error {
  constructor(keyClass: string, generation: number) {
    super(`there is no data key ${keyClass}/${generation}, or it was destroyed before`);
    this.name = 'NoGenerationError';
  }
}

/** A generation is needed: to destroy it would destroy what it seals. */
export class GenerationSealsError extends Error {
  constructor(keyClass: string, generation: number, columns: readonly string[]) {
    super(`data key ${keyClass}/${generation} still seals values of ${columns.join(', ')}: piaoyan keys reseal moves them`);
    this.name = 'GenerationSealsError';
  }
}
