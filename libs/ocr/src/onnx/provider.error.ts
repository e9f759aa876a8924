import type { ExecutionProvider } from './execution-provider';

/** A provider that was tried and could not be had, and why. */
export interface ProviderRefusal {
  provider: ExecutionProvider;
  reason: string;
}

/** None of the providers that were demanded can be had; nothing else was tried in their place. */
export class OcrProviderError extends Error {
  override readonly name = 'OcrProviderError';

  constructor(
    readonly refused: readonly ProviderRefusal[],
    options?: ErrorOptions,
  ) {
    const reasons = refused.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
    super(`no execution provider that was asked for can be had (${reasons})`, options);
  }
}
