/** A model pack is absent or not what was published; the message tells an operator what to do. */
export class ModelPackError extends Error {
  override readonly name = 'ModelPackError';

  constructor(
    readonly code: 'missing' | 'damaged' | 'unknown',
    message: string,
  ) {
    super(message);
  }
}
