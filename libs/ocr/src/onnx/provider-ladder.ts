import type { ExecutionProvider, ProviderLadder } from './execution-provider';
import { OcrProviderError, type ProviderRefusal } from './provider.error';

/** What was opened, on which provider, and why it was none of those before it. */
export interface LadderResult<Opened> {
  opened: Opened;
  provider: ExecutionProvider;
  refused: ProviderRefusal[];
}

/**
 * Tries the providers in order: the runtime itself throws for a provider it cannot load, even when another is named after it.
 * A failure on the CPU is no matter of providers and passes as it is.
 */
export async function openOnLadder<Opened>(
  ladder: ProviderLadder,
  open: (provider: ExecutionProvider) => Promise<Opened>,
): Promise<LadderResult<Opened>> {
  const refused: ProviderRefusal[] = [];
  let cause: unknown;
  for (const provider of ladder) {
    try {
      return { opened: await open(provider), provider, refused };
    } catch (error) {
      if (provider === 'cpu') throw error;
      refused.push({ provider, reason: error instanceof Error ? error.message : String(error) });
      cause = error;
    }
  }
  throw new OcrProviderError(refused, { cause });
}
