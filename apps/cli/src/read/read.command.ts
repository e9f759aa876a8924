import { availableParallelism } from 'node:os';
import { parseConfig, CliConfig } from '@app/config';
import { OcrEngine, resolvePack } from '@app/ocr';
import { BILL_SHAPES, BillReader, CodeReader, DocumentReader, readRootFiles } from '@app/reading';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createProgress } from './progress';
import { readFiles } from './read-files';
import { formatReading } from './reading-table';

interface ReadOptions {
  json?: boolean;
  jobs: number;
  elementsOnly?: boolean;
}

/** `piaoyan read FILE...`: reads files offline, with no database and no network. */
export function readCommand(): Command {
  const jobs = new Option('--jobs <n>', 'files in work at once, and recognition threads')
    .argParser(parseJobs)
    .default(availableParallelism());
  return new Command('read')
    .description('read receipts and print what stands on them')
    .argument('<file...>', 'bills as pictures, PDF, OFD or XML, or ZIP archives of them')
    .option('--json', 'print one JSON object a line instead of a table')
    .option('--elements-only', 'read no more than verification needs: faster, but rows that do not add up go unseen')
    .addOption(jobs)
    .action(async (files: string[], options: ReadOptions) => {
      if ((await read(files, options)) > 0) process.exitCode = 1;
    });
}

async function read(files: readonly string[], { json, jobs, elementsOnly }: ReadOptions): Promise<number> {
  const { PIAOYAN_MODELS: models, PIAOYAN_TRUSTED_ROOTS: roots } = parseConfig(CliConfig);
  const trustedRoots = roots === undefined ? [] : readRootFiles(roots);
  const pack = await resolvePack(models);
  const engine = await OcrEngine.create({ packDir: pack.dir, workers: jobs, shapes: BILL_SHAPES, seals: 'read' });
  const codes = new CodeReader({ maxPages: jobs });
  const documents = new DocumentReader({ maxDocuments: jobs, trustedRoots });
  const progress = createProgress(process.stderr, files.length);
  try {
    const bills = new BillReader(engine, codes, documents);
    const scope = elementsOnly === true ? 'elements' : 'face';
    return await readFiles({ read: (bytes) => bills.read(bytes, { scope }) }, files, {
      jobs,
      onResult: (result) => {
        progress.clear();
        process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${formatReading(result)}\n`);
        progress.advance(result.file);
      },
    });
  } finally {
    progress.clear();
    await Promise.all([engine.close(), codes.close(), documents.close()]);
  }
}

function parseJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) throw new InvalidArgumentError('give a whole number from 1 to 64');
  return jobs;
}
