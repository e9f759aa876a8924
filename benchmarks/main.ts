import { argv, exit, stderr, stdout } from 'node:process';
import { runAuditBenchmark } from './audit/audit.benchmark';
import { runBatchBenchmark } from './batch/batch.benchmark';
import { runCryptoBenchmark } from './crypto/crypto.benchmark';
import { runDocumentsBenchmark } from './documents/documents.benchmark';
import { runEnduranceBenchmark } from './endurance/endurance.benchmark';
import { runLedgerBenchmark } from './ledger/ledger.benchmark';
import { writeMadeUpDocuments } from './made-up/made-up.benchmark';
import { runOcrBenchmark } from './ocr/ocr.benchmark';
import { runSoakBenchmark } from './soak/soak.benchmark';
import { runVerificationBenchmark } from './verification/verification.benchmark';

/** Each prints a table, or JSON with --json, and answers with the exit code. */
const BENCHMARKS: Record<string, (args: string[]) => Promise<number>> = {
  audit: runAuditBenchmark,
  batch: runBatchBenchmark,
  crypto: runCryptoBenchmark,
  documents: runDocumentsBenchmark,
  ocr: runOcrBenchmark,
  'made-up': writeMadeUpDocuments,
  'ocr-endurance': runEnduranceBenchmark,
  soak: runSoakBenchmark,
  ledger: runLedgerBenchmark,
  verification: runVerificationBenchmark,
};

async function main([name, ...args]: string[]): Promise<number> {
  const run = name === undefined ? undefined : BENCHMARKS[name];
  if (run) return run(args);
  stderr.write(`usage: npm run bench -- NAME [options]\nbenchmarks: ${Object.keys(BENCHMARKS).join(', ')}\n`);
  return 2;
}

/** Ends once all is written: what waits for a pipe would be lost. */
const end = (code: number): void => void stdout.write('', () => exit(code));

main(argv.slice(2)).then(end, (error: unknown) => {
  stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  exit(1);
});
