import { fuzz } from './fuzz';
import { fuzzCase } from './fuzz-case';
import { FuzzRun } from './fuzz-run';
import { fuzzSubjects } from './fuzz-subjects';

const SEED = 20261122;
const CASES = 200;

describe('spoilt documents', () => {
  it('are made of documents that read well', async () => {
    const run = new FuzzRun();
    for (const { name, bytes } of await fuzzSubjects()) {
      expect({ name, ...(await run.read(bytes)) }).toMatchObject({ name, outcome: 'auto', problem: null });
    }
    await run.close();
  });

  it('are the same for the same seed and number, and others for others', async () => {
    const subjects = await fuzzSubjects();
    const made = (seed: number, number: number) => fuzzCase(subjects, seed, number).bytes.toString('base64');
    expect(made(1, 7)).toBe(made(1, 7));
    expect(new Set([made(1, 7), made(1, 8), made(2, 7)]).size).toBe(3);
  });

  it('end in a reading or in a refusal, and never in a certainty that the file does not give', async () => {
    const { report, problems } = await fuzz({ seed: SEED, first: 0, count: CASES });
    expect(problems).toEqual([]);
    // A run in which every file was refused, or none, would show nothing.
    expect(report.outcomes.get('auto') ?? 0).toBeGreaterThan(CASES / 50);
    expect(report.outcomes.get('refused: damaged') ?? 0).toBeGreaterThan(CASES / 50);
  });
});
