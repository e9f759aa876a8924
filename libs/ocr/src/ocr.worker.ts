import { workerData } from 'node:worker_threads';
import { TextDetector } from './detect/text-detector';
import { locateText, type Locator } from './locate';
import { sharePage } from './layout/shared-page';
import { ModelSession } from './onnx/session';
import { withTopClasses } from './onnx/top-classes';
import { OcrError } from './ocr.error';
import { serveRequests } from './pool/serve-requests';
import { DirectionClassifier } from './recognize/direction-classifier';
import { readClassTable } from './recognize/dictionary';
import { LineRecognizer } from './recognize/line-recognizer';
import { readRing } from './seals/ring-reader';
import type { OcrRequest, OcrResult, WorkerModels } from './worker-messages';

const models = workerData as WorkerModels;

const sessions: ModelSession[] = [];

async function loadSession(...[role, modelId, model]: Parameters<typeof ModelSession.load>): Promise<ModelSession> {
  const session = await ModelSession.load(role, modelId, model, { provider: models.provider });
  sessions.push(session);
  return session;
}

/** Core milliseconds inside this worker's models so far; requests come one at a time, so a difference belongs to one of them. */
function modelMs(): number {
  return sessions.reduce((sum, session) => sum + session.modelMs, 0);
}

function sharedModel(role: 'det' | 'rec' | 'cls'): Uint8Array {
  const bytes = models.files.get(role);
  if (!bytes) throw new OcrError(`the pack has no model "${role}"`, { stage: 'start', modelId: models.packName });
  return bytes;
}

/** A view onto shared memory is not accepted as a model: the bytes are copied, and dropped once the session stands. */
function modelBytes(role: 'det' | 'cls'): Uint8Array {
  return Uint8Array.from(sharedModel(role));
}

async function loadRecognizer(): Promise<LineRecognizer> {
  const bytes = sharedModel('rec');
  const classes = classesOf(bytes);
  // The extended model is a copy already: 21 MB a worker less than extending one.
  const session = await loadSession('rec', models.packName, withTopClasses(bytes));
  if (session.outputSize !== classes.length) {
    const counts = `the dictionary has ${classes.length} classes, the recogniser ${session.outputSize}`;
    throw new OcrError(counts, { stage: 'start', modelId: models.packName });
  }
  return new LineRecognizer(session, classes);
}

function classesOf(recognizer: Uint8Array): string[] {
  try {
    return readClassTable(recognizer, models.files.get('dictionary'));
  } catch (cause) {
    throw new OcrError('the dictionary is not readable', { stage: 'start', modelId: models.packName }, { cause });
  }
}

async function loadLocator(recognizer: LineRecognizer): Promise<Locator | undefined> {
  if (!models.detects) return undefined;
  return {
    detector: new TextDetector(await loadSession('det', models.packName, modelBytes('det'))),
    classifier: new DirectionClassifier(await loadSession('cls', models.packName, modelBytes('cls'))),
    recognizer,
  };
}

/** Loads the models and runs each once: the first run of a model takes its memory. */
async function start(): Promise<(request: OcrRequest) => Promise<OcrResult>> {
  const recognizer = await loadRecognizer();
  const locator = await loadLocator(recognizer);
  const blank = sharePage({ width: 320, height: 96, rgb: new Uint8Array(320 * 96 * 3).fill(255) });
  await recognizer.read(blank, [
    [0, 0],
    [320, 0],
    [320, 48],
    [0, 48],
  ]);
  if (locator) await locateText(locator, blank);
  return async (request) => {
    const before = modelMs();
    if (request.kind === 'read') {
      const line = await recognizer.read(request.page, request.quad);
      return { kind: 'read', line, modelMs: modelMs() - before };
    }
    if (request.kind === 'seal') {
      const ring = await readRing(recognizer, request.page, request.seal);
      return { kind: 'seal', ring, modelMs: modelMs() - before };
    }
    if (!locator) throw new OcrError('this worker does not detect', { stage: 'detect', modelId: models.packName });
    const located = await locateText(locator, request.page);
    return { kind: 'locate', ...located, page: sharePage(located.page), modelMs: modelMs() - before };
  };
}

serveRequests(start());
