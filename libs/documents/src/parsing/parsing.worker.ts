import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { DocumentError } from '../document.error';
import { openDocument } from '../open-document';
import type { OpenedDocument } from '../opened-document';
import type { PageImage } from '../page-image';
import { withoutNetwork } from './no-network';
import { TrustedRoots } from '../signatures/certificates/trusted-roots';
import type { ParsingAnswer, ParsingReply, ParsingRequest, ParsingSetup } from './parsing-protocol';

/** Whoever serves, renews leases and answers probes goes first, as before the threads that read text and codes. */
const NICENESS = 10;

const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread only');
// Of this thread alone, on Linux; elsewhere a process has one priority, which is not this thread's to change.
if (process.platform === 'linux') setPriority(NICENESS);
withoutNetwork();

const roots = TrustedRoots.from((workerData as ParsingSetup).trustedRoots);

let document: OpenedDocument | undefined;

/** A refusal is an answer. Anything else that is thrown ends the thread: a parser that failed may be left in any state. */
port.on('message', (request: ParsingRequest) => {
  void reply(request).then((said) => port.postMessage(said, pixelsIn(said)));
});
port.postMessage({ ready: true } satisfies ParsingReply);

async function reply(request: ParsingRequest): Promise<ParsingReply> {
  try {
    return { answer: await answer(request) };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}

async function answer(request: ParsingRequest): Promise<ParsingAnswer> {
  if (request.ask === 'open') {
    document = await openDocument(Buffer.from(request.bytes.buffer), request.limits, { roots, now: new Date() });
    const { mediaType, pageCount, xml, signatures } = document;
    return { mediaType, pageCount, xml, signatures };
  }
  const opened = document;
  if (!opened) throw new Error('no document is open');
  switch (request.ask) {
    case 'page': {
      const page = await opened.page(request.number);
      if (page.kind === 'picture') return { ...page, image: ownPixels(page.image) };
      return { ...page, pictures: page.pictures.map((each) => ({ ...each, image: ownPixels(each.image) })) };
    }
    case 'picture': {
      const image = await opened.picture(request.number);
      return image && ownPixels(image);
    }
    case 'close':
      document = undefined;
      await opened.close();
      return null;
  }
}

/** Pixels with a buffer of their own. Those of sharp, of WebAssembly and of Node's pool cannot be handed over. */
function ownPixels({ width, height, rgb }: PageImage): PageImage {
  return { width, height, rgb: new Uint8Array(rgb) };
}

function pixelsIn(said: ParsingReply): ArrayBuffer[] {
  if (!('answer' in said) || said.answer === null) return [];
  const { answer } = said;
  if ('rgb' in answer) return [buffer(answer)];
  if ('mediaType' in answer) return [];
  return answer.kind === 'picture' ? [buffer(answer.image)] : answer.pictures.map(({ image }) => buffer(image));
}

function buffer({ rgb }: PageImage): ArrayBuffer {
  return rgb.buffer as ArrayBuffer;
}
