import { extname, join } from 'node:path';
import { execPath } from 'node:process';
import { scoreLines } from '../score';
import type { ReceiptTruth } from '../truth';
import { compareRuns, type Comparison, type EngineRun } from './comparison';
import { EngineProcess, type EngineCommand } from './engine-process';
import { interleave } from './interleave';
import { preparePython } from './python-environment';

/** The receipts to be read, and with what. */
export interface PeerRun {
  truths: readonly ReceiptTruth[];
  dataDir: string;
  modelsDir: string;
  /** Threads of each engine. */
  workers: number;
}

/** Where the peers are installed, from the root of the repository. */
const ENVIRONMENT = join('benchmarks', '.peers');
const SOURCES = join('benchmarks', 'ocr', 'peers');

/** Reads the receipts with this engine and its peers, each in its own process, one page of one engine at a time. */
export async function comparePeers(run: PeerRun): Promise<Comparison> {
  const [first] = run.truths;
  if (!first) throw new Error(`${run.dataDir} has no receipts`);
  const lanes: Lane[] = [];
  try {
    for (const command of commandsOf(run)) lanes.push(await startLane(command, join(run.dataDir, first.file)));
    for (const [truth, lane] of interleave(run.truths, lanes)) await readPage(lane, truth, run.dataDir);
    const [own, ...peers] = lanes.map((lane): EngineRun => ({ ...lane.run, peakRssMiB: lane.engine.peakRssMiB() }));
    if (!own) throw new Error('no engine was started');
    return compareRuns([own, ...peers]);
  } finally {
    await Promise.all(lanes.map(({ engine }) => engine.close()));
  }
}

interface Lane {
  engine: EngineProcess;
  run: EngineRun;
}

function commandsOf({ modelsDir, workers }: PeerRun): EngineCommand[] {
  const python = preparePython(ENVIRONMENT, join(SOURCES, 'requirements.txt'));
  const own = join(__dirname, 'own-engine' + extname(__filename));
  const rapid = (runtime: string) => [join(SOURCES, 'rapidocr_peer.py'), runtime, String(workers)];
  return [
    { name: 'this engine', command: execPath, args: [own, modelsDir, String(workers)] },
    { name: 'RapidOCR, ONNX Runtime', command: python, args: rapid('onnxruntime') },
    { name: 'RapidOCR, OpenVINO', command: python, args: rapid('openvino') },
  ];
}

/** The first page warms the engine up and counts as its cold start only. */
async function startLane(command: EngineCommand, warmUp: string): Promise<Lane> {
  const startedAt = performance.now();
  const engine = await EngineProcess.start(command);
  await engine.read({ file: warmUp });
  const coldStartSeconds = (performance.now() - startedAt) / 1000;
  return { engine, run: { name: command.name, detail: engine.detail, coldStartSeconds, peakRssMiB: undefined, pages: [] } };
}

async function readPage({ engine, run }: Lane, truth: ReceiptTruth, dataDir: string): Promise<void> {
  const { seconds, cpuSeconds, modelSeconds, lines } = await engine.read({ file: join(dataDir, truth.file) });
  const { file, mode } = truth;
  run.pages.push({ file, mode, seconds, cpuSeconds, modelSeconds, lines: lines.length, score: scoreLines(lines, truth) });
}
