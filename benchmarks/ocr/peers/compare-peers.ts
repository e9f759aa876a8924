import { extname, join } from 'node:path';
import { execPath } from 'node:process';
import { scoreLines } from '../score';
import type { ReceiptTruth } from '../truth';
import { compareRuns, type Comparison, type EngineRun } from './comparison';
import { EngineProcess, type EngineCommand } from './engine-process';
import { interleave } from './interleave';
import { preparePython } from './python-environment';
import { chunksOf, compareThroughput, type Chunk, type Throughput, type ThroughputRun } from './throughput';

/** The receipts to be read, and with what. */
export interface PeerRun {
  truths: readonly ReceiptTruth[];
  dataDir: string;
  modelsDir: string;
  /** Threads of each engine. */
  workers: number;
  /** Pages that an engine has at a time which can have several. */
  pagesInHand: number;
}

/** A run page by page, and one with pages in hand. */
export type PeerComparison = Comparison & { throughput: Throughput };

/** Long enough that the end of a chunk, where the engine runs dry, weighs little; short enough for noise to hit all engines alike. */
const CHUNK_PAGES = 8;

/** Where the peers are installed, from the root of the repository. */
const ENVIRONMENT = join('benchmarks', '.peers');
const SOURCES = join('benchmarks', 'ocr', 'peers');

/** Reads the receipts with this engine and its peers, each in its own process, one page, and then one chunk, of one engine at a time. */
export async function comparePeers(run: PeerRun): Promise<PeerComparison> {
  const [first] = run.truths;
  if (!first) throw new Error(`${run.dataDir} has no receipts`);
  const lanes: Lane[] = [];
  try {
    for (const command of commandsOf(run)) lanes.push(await startLane(command, join(run.dataDir, first.file)));
    for (const [truth, lane] of interleave(run.truths, lanes)) await readPage(lane, truth, run.dataDir);
    const comparison = compareRuns(ownFirst(lanes.map((lane): EngineRun => ({ ...lane.run, peakRssMiB: lane.engine.peakRssMiB() }))));
    const files = run.truths.map(({ file }) => join(run.dataDir, file));
    for (const [chunk, lane] of interleave(chunksOf(files, CHUNK_PAGES), lanes)) lane.chunks.push(await readChunk(lane, chunk));
    return { ...comparison, throughput: compareThroughput(ownFirst(lanes.map(throughputRun))) };
  } finally {
    await Promise.all(lanes.map(({ engine }) => engine.close()));
  }
}

interface Lane {
  engine: EngineProcess;
  /** One for an engine that is asked page by page. */
  pagesInHand: number;
  run: EngineRun;
  chunks: Chunk[];
}

interface LaneCommand extends EngineCommand {
  pagesInHand: number;
}

function ownFirst<Run>([own, ...peers]: readonly Run[]): [Run, ...Run[]] {
  if (own === undefined) throw new Error('no engine was started');
  return [own, ...peers];
}

function commandsOf({ modelsDir, workers, pagesInHand }: PeerRun): LaneCommand[] {
  const python = preparePython(ENVIRONMENT, join(SOURCES, 'requirements.txt'));
  const own = join(__dirname, 'own-engine' + extname(__filename));
  const rapid = (runtime: string) => [join(SOURCES, 'rapidocr_peer.py'), runtime, String(workers)];
  return [
    { name: 'this engine', command: execPath, args: [own, modelsDir, String(workers)], pagesInHand },
    { name: 'RapidOCR, ONNX Runtime', command: python, args: rapid('onnxruntime'), pagesInHand: 1 },
    { name: 'RapidOCR, OpenVINO', command: python, args: rapid('openvino'), pagesInHand: 1 },
  ];
}

/** The first page warms the engine up and counts as its cold start only. */
async function startLane(command: LaneCommand, warmUp: string): Promise<Lane> {
  const startedAt = performance.now();
  const engine = await EngineProcess.start(command);
  await engine.read({ file: warmUp });
  const coldStartSeconds = (performance.now() - startedAt) / 1000;
  const run = { name: command.name, detail: engine.detail, coldStartSeconds, peakRssMiB: undefined, pages: [] };
  return { engine, pagesInHand: command.pagesInHand, run, chunks: [] };
}

async function readPage({ engine, run }: Lane, truth: ReceiptTruth, dataDir: string): Promise<void> {
  const { seconds, cpuSeconds, modelSeconds, lines } = await engine.read({ file: join(dataDir, truth.file) });
  const { file, mode } = truth;
  run.pages.push({ file, mode, seconds, cpuSeconds, modelSeconds, lines: lines.length, score: scoreLines(lines, truth) });
}

/** Of an engine that has one page in hand, the pages' own times are added up: what lies between them is this process's. */
async function readChunk({ engine, pagesInHand }: Lane, files: string[]): Promise<Chunk> {
  if (pagesInHand > 1) return engine.readBatch({ files, atOnce: pagesInHand });
  const chunk = { seconds: 0, cpuSeconds: 0, pages: 0 };
  for (const file of files) {
    const { seconds, cpuSeconds } = await engine.read({ file });
    chunk.seconds += seconds;
    chunk.cpuSeconds += cpuSeconds;
    chunk.pages++;
  }
  return chunk;
}

function throughputRun({ engine, pagesInHand, run: { name }, chunks }: Lane): ThroughputRun {
  return { name, pagesInHand, peakRssMiB: engine.peakRssMiB(), chunks };
}
