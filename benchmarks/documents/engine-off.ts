import type { PageReader } from '@app/reading';

/** Stands for the engine where files are to be read without one. */
export const ENGINE_OFF: PageReader = { read: () => Promise.reject(new EngineOffError('the engine is off')) };

/** A page has to be read from its picture, and there is no engine. */
export class EngineOffError extends Error {
  override readonly name = 'EngineOffError';
}
