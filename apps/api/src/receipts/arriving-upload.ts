import { ProblemError } from '@app/contracts';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { Upload } from '@app/receipts';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';

/** How long one upload may take in all: a 20 MB scan over a slow branch line, and no slot held for ever. */
const UPLOAD_DEADLINE_MS = 120_000;
/** What a form adds to its file: boundaries, part headers, a few small fields. */
const FORM_OVERHEAD_BYTES = 64 * 1024;

/**
 * The one file of a request, as a stream that has not been read yet: the first file of a form, or the raw body.
 * Faults that show up only while reading, such as a second file, end the stream with their ProblemError.
 */
export async function arrivingUpload(request: FastifyRequest, limits: { maxBytes: number }): Promise<Upload> {
  refuseDeclaredSize(request, limits.maxBytes);
  return request.isMultipart() ? formUpload(request, limits) : rawUpload(request);
}

/** A client that declares too many bytes is refused before any of them is read. */
function refuseDeclaredSize(request: FastifyRequest, maxBytes: number): void {
  const declared = Number(request.headers['content-length'] ?? 0);
  const allowed = request.isMultipart() ? maxBytes + FORM_OVERHEAD_BYTES : maxBytes;
  if (declared > allowed) throw new ProblemError('upload-too-large', { detail: `The limit is ${maxBytes} bytes` });
}

function rawUpload(request: FastifyRequest): Upload {
  if (request.headers['content-type'] === undefined) throw new ProblemError('upload-missing');
  if (request.body === undefined || request.body === null) throw new ProblemError('upload-empty');
  if (!(request.body instanceof Readable)) throw new ProblemError('upload-unsupported-type');
  return { fileName: rawFileName(request.headers['x-file-name']), bytes: Readable.from(arriving(request.body)) };
}

async function formUpload(request: FastifyRequest, { maxBytes }: { maxBytes: number }): Promise<Upload> {
  if (!/;\s*boundary=/i.test(request.headers['content-type'] ?? ''))
    throw new ProblemError('invalid-request', { detail: 'The form names no boundary' });
  // One byte more than allowed, so that the size limit of the intake sees the excess and names it.
  const limits = { fileSize: maxBytes + 1, files: 2, fields: 10, fieldSize: 1_000, parts: 12, headerPairs: 20 };
  const parts = request.parts({ limits });
  const file = await nextFile(parts);
  if (file === null) throw new ProblemError('upload-missing');
  return { fileName: file.filename, bytes: Readable.from(onlyFile(file, parts)) };
}

async function* onlyFile(file: MultipartFile, rest: AsyncIterator<Multipart>): AsyncGenerator<Buffer> {
  yield* arriving(file.file);
  if ((await nextFile(rest)) !== null) throw new ProblemError('upload-several-files');
}

async function nextFile(parts: AsyncIterator<Multipart>): Promise<MultipartFile | null> {
  for (;;) {
    const part = await arrived(parts.next());
    if (part.done === true) return null;
    if (part.value.type === 'file') return part.value;
  }
}

/** The chunks of a stream. The stream is left open when reading stops early: destroying it would cut off the answer, too. */
async function* arriving(source: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = source.iterator({ destroyOnReturn: false });
  const deadline = Date.now() + UPLOAD_DEADLINE_MS;
  for (;;) {
    const chunk = await withinMs(arrived(chunks.next()), deadline - Date.now());
    if (chunk.done === true) return;
    yield chunk.value;
  }
}

/** A part or chunk; when the connection or the form broke off, the problem that this is. */
async function arrived<T>(next: Promise<T>): Promise<T> {
  try {
    return await next;
  } catch (error) {
    throw error instanceof ProblemError ? error : new ProblemError('upload-incomplete', { cause: error });
  }
}

async function withinMs<T>(arrival: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ProblemError('request-timeout')), Math.max(0, ms));
  });
  try {
    return await Promise.race([arrival, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Header values are Latin-1, so a client sends a Chinese name percent-encoded; one that is not decodable is taken as it stands. */
function rawFileName(header: string | string[] | undefined): string {
  const given = [header ?? ''].flat()[0] ?? '';
  try {
    return decodeURIComponent(given);
  } catch {
    return given;
  }
}
