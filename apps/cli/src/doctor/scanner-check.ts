import { Readable } from 'node:stream';
import { type ClamdAddress, ClamdScanner } from '@app/receipts';
import type { Check, Finding } from './check';

const DEADLINE_MS = 10_000;

/** The malware scanner looks at what it is given: a harmless line, the way originals reach it. */
export function scannerCheck(address: ClamdAddress | null): Check {
  return { name: 'malware scanner', run: () => examineScanner(address) };
}

async function examineScanner(address: ClamdAddress | null): Promise<Finding> {
  if (address === null) return { state: 'skip', detail: 'PIAOYAN_CLAMD_URL is none: originals are not scanned' };
  const where = 'path' in address ? address.path : `${address.host}:${address.port}`;
  try {
    const found = await new ClamdScanner(address, DEADLINE_MS).scan(Readable.from([Buffer.from('piaoyan doctor')]));
    if (found === null) return { state: 'ok', detail: `${where} gives a verdict` };
    return {
      state: 'fail',
      detail: `${where} calls a harmless line ${found}`,
      advice: 'look at the signatures of clamd: it refuses what it should not',
    };
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : 'no verdict';
    return {
      state: 'fail',
      detail: `${where}: ${reason}`,
      advice: 'see that clamd runs and listens there: without it uploads are refused (docs/operations/originals.md)',
    };
  }
}
