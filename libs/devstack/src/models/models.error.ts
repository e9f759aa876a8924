/** No usable model pack could be brought; the message lists what was tried, why it failed, and what to do. */
export class ModelsError extends Error {
  override readonly name = 'ModelsError';
}
