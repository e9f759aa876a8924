import { getPriority, setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { TextDetector } from './detect/text-detector';
import { locateText, type Locator } from './locate';
import { sharePage } from './layout/shared-page';
import { withDynamicQuantization } from './onnx/dynamic-quantization';
import type { Precision } from './onnx/precision';
import { ModelSession } from './onnx/session';
import { withTopClasses } from './onnx/top-classes';
import { OcrError } from './ocr.error';
import { readModelFile } from './packs/load-pack';
import type { ModelRole } from './packs/model-packs';
import type { Quad } from './page';
import { serveRequests } from './pool/serve-requests';
import { DirectionClassifier } from './recognize/direction-classifier';
import { readClassTable } from './recognize/dictionary';
import { LineRecognizer } from './recognize/line-recognizer';
import { findSeals } from './seals/find-seals';
import { readRing } from './seals/ring-reader';
import type { OcrAnswer, OcrRequest, OcrResult, WorkerModels, WorkerSkill } from './worker-messages';

const models = workerData as WorkerModels;

const sessions: ModelSession[] = [];

async function loadSession(role: 'det' | 'rec' | 'cls', model: Uint8Array, threads = 1): Promise<ModelSession> {
  const session = await ModelSession.load(role, models.pack.name, model, { provider: models.provider, threads });
  sessions.push(session);
  return session;
}

/** Core milliseconds inside this worker's models so far; requests come one at a time, so a difference belongs to one of them. */
function modelMs(): number {
  return sessions.reduce((sum, session) => sum + session.modelMs, 0);
}

/** A file of the pack, checked again: this thread may start long after the engine did. Only the session keeps what it needs of it. */
async function modelFile(role: ModelRole): Promise<Buffer | undefined> {
  const file = models.pack.files.find((candidate) => candidate.role === role);
  try {
    return file && (await readModelFile(models.packDir, file));
  } catch (cause) {
    throw new OcrError(`the model "${role}" cannot be read`, { stage: 'start', modelId: models.pack.name }, { cause });
  }
}

async function modelBytes(role: 'det' | 'rec' | 'cls'): Promise<Buffer> {
  const bytes = await modelFile(role);
  if (!bytes) throw new OcrError(`the pack has no model "${role}"`, { stage: 'start', modelId: models.pack.name });
  return bytes;
}

async function loadRecognizer(precision: Precision): Promise<LineRecognizer> {
  const published = await modelBytes('rec');
  const classes = classesOf(published, await modelFile('dictionary'));
  const session = await loadSession('rec', withTopClasses(precision === 'int8' ? withDynamicQuantization(published) : published));
  if (session.outputSize !== classes.length) {
    const counts = `the dictionary has ${classes.length} classes, the recogniser ${session.outputSize}`;
    throw new OcrError(counts, { stage: 'start', modelId: models.pack.name });
  }
  return new LineRecognizer(session, classes);
}

function classesOf(recognizer: Uint8Array, dictionary: Uint8Array | undefined): string[] {
  try {
    return readClassTable(recognizer, dictionary);
  } catch (cause) {
    throw new OcrError('the dictionary is not readable', { stage: 'start', modelId: models.pack.name }, { cause });
  }
}

async function loadLocator(recognizer: LineRecognizer): Promise<Locator> {
  return {
    detector: new TextDetector(await loadSession('det', await modelBytes('det'), models.detectorThreads)),
    classifier: new DirectionClassifier(await loadSession('cls', await modelBytes('cls'))),
    recognizer,
  };
}

/** Whoever serves, renews leases and answers probes goes first: the scheduler then lets no model's run make that thread wait. */
const NICENESS = 10;

/** Loads the models and runs each once: the first run of a model takes its memory. */
async function start(): Promise<(request: OcrRequest) => Promise<OcrResult>> {
  // Of this thread alone, on Linux; elsewhere a process has one priority, which is not this thread's to change.
  // Whoever was started nicer stays so: going back takes a right that an unprivileged process does not have.
  if (process.platform === 'linux' && getPriority() < NICENESS) setPriority(NICENESS);
  const can = (skill: WorkerSkill) => models.skills.includes(skill);
  const quick = await loadRecognizer(models.precision);
  const exact = models.precision === 'float32' ? quick : can('read exactly') ? await loadRecognizer('float32') : undefined;
  const locator = can('detect') ? await loadLocator(quick) : undefined;
  const answer = answerWith({ quick, exact, locator });
  const blank = sharePage({ width: 320, height: 96, rgb: new Uint8Array(320 * 96 * 3).fill(255) });
  for (const recognizer of [quick, exact]) await recognizer?.read(blank, BLANK_LINE);
  if (locator) await locateText(locator, blank);
  return async (request) => {
    const before = modelMs();
    const result = await answer(request);
    return { ...result, modelMs: modelMs() - before };
  };
}

const BLANK_LINE: Quad = [
  [0, 0],
  [320, 0],
  [320, 48],
  [0, 48],
];

/** What this worker's skills let it do; the pool asks for nothing else. */
interface Readers {
  quick: LineRecognizer;
  exact: LineRecognizer | undefined;
  locator: Locator | undefined;
}

function answerWith({ quick, exact, locator }: Readers): (request: OcrRequest) => Promise<OcrAnswer> {
  return async (request) => {
    switch (request.kind) {
      case 'read':
        return { kind: 'read', ...(await (request.exactly ? skilled(exact) : quick).read(request.page, request.quad)) };
      case 'locate': {
        const located = await locateText(skilled(locator), request.page);
        return { kind: 'locate', ...located, page: sharePage(located.page) };
      }
      case 'look':
        return { kind: 'look', quads: await skilled(locator).detector.lookUnderSeal(request.page, request.band, request.scale) };
      case 'seals':
        return { kind: 'seals', seals: findSeals(request.page) };
      case 'ring':
        return { kind: 'ring', ring: await readRing(quick, request.page, request.seal) };
    }
  };
}

function skilled<T>(reader: T | undefined): T {
  if (reader === undefined) throw new TypeError('a worker was asked for what it cannot do');
  return reader;
}

serveRequests(start());
