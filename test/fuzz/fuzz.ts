import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzzCase, type FuzzCase } from './fuzz-case';
import { FuzzReport } from './fuzz-report';
import { FuzzRun } from './fuzz-run';
import { fuzzSubjects } from './fuzz-subjects';

/** Which cases are run: `count` of them from `first` on. */
export interface FuzzOptions {
  seed: number;
  first: number;
  count: number;
}

/** Ten seconds of parsing, thrice as long for want of a processor, and the reading itself. */
const MAX_MS = 60_000;

/** What one document may cost. */
const MAX_MIB = 512;

const LOOK_MS = 20;

/** What a run ended in; `problems` says of each case that must not end so what is wrong, where its file is, and how to run it again. */
export interface FuzzResult {
  report: FuzzReport;
  threadsLost: number;
  problems: string[];
}

/** Reads spoilt documents one after another, each of which must end in a valid reading or a refusal. */
export async function fuzz({ seed, first, count }: FuzzOptions): Promise<FuzzResult> {
  const subjects = await fuzzSubjects();
  const run = new FuzzRun();
  const report = new FuzzReport();
  const looks = setInterval(() => report.lookAtMemory(), LOOK_MS);
  const problems: string[] = [];
  try {
    for (let number = first; number < first + count; number += 1) {
      const spoilt = fuzzCase(subjects, seed, number);
      report.begin();
      const end = await run.read(spoilt.bytes);
      report.add(spoilt, end);
      const problem = end.problem ?? (end.ms > MAX_MS ? `took ${Math.round(end.ms)} ms` : null);
      if (problem !== null) problems.push(await described(spoilt, seed, problem));
    }
    if (report.peakMiB > MAX_MIB) problems.push(`the process grew by ${Math.round(report.peakMiB)} MiB during one case`);
    return { report, threadsLost: run.threadsLost, problems };
  } finally {
    clearInterval(looks);
    await run.close();
  }
}

async function described(spoilt: FuzzCase, seed: number, problem: string): Promise<string> {
  const folder = join(tmpdir(), 'piaoyan-fuzz');
  const file = join(folder, `seed-${seed}-case-${spoilt.number}`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, spoilt.bytes);
  const origin = `${spoilt.subject}, ${spoilt.mutations.join(' + ')}`;
  return `case ${spoilt.number} (${origin}): ${problem}\n  ${file}\n  npm run fuzz -- --seed ${seed} --case ${spoilt.number}`;
}
