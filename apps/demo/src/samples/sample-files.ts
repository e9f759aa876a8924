import { shanghaiDay } from '@app/contracts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoSamples, type DemoSample } from './demo-samples';

/** Bills can be verified for a year after their issue; samples are invented up to 300 days old, so they last this long. */
const LASTING_DAYS = 50;
const DAY_FILE = 'made-for-day';
const ONE_DAY_MS = 86_400_000;

/** The demo's receipts as files, in their folder. */
export interface SampleFiles {
  folder: string;
  samples: DemoSample[];
}

/** Draws the demo's receipts into `folder`; they stay the same from start to start until they grow too old to verify. */
export async function writeSampleFiles(folder: string, now: Date, samplesFor = demoSamples): Promise<SampleFiles> {
  await mkdir(folder, { recursive: true });
  const samples = samplesFor(await sampleDay(folder, shanghaiDay(now)));
  await Promise.all(
    samples.map(async (sample) => {
      await writeFile(join(folder, sample.file), await sample.write());
    }),
  );
  return { folder, samples };
}

async function sampleDay(folder: string, today: string): Promise<string> {
  const file = join(folder, DAY_FILE);
  const kept = await readFile(file, 'utf8').catch(unlessMissing);
  if (kept !== undefined && isLasting(kept, today)) return kept;
  await writeFile(file, today);
  return today;
}

function isLasting(day: string, today: string): boolean {
  const age = Date.parse(today) - Date.parse(day);
  return age >= 0 && age <= LASTING_DAYS * ONE_DAY_MS;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
