import { type ProblemCode, ProblemError } from '@app/contracts';
import { DocumentError, type DocumentErrorCode, probeDocument, type ProbedDocument } from '@app/documents';

/** Bounds of one upload. */
export interface UploadLimits {
  maxBytes: number;
  maxPixels: number;
}

const PROBLEM_OF: Record<DocumentErrorCode, ProblemCode> = {
  empty: 'upload-empty',
  'unsupported-type': 'upload-unsupported-type',
  damaged: 'image-damaged',
  'too-many-pixels': 'image-too-many-pixels',
  unsafe: 'document-unsafe',
  encrypted: 'document-encrypted',
  archive: 'upload-archive',
};

/**
 * Says what a stored upload is, or why it is no receipt. Probes run one after another: an upload is at most in one buffer at a time,
 * however many arrive together.
 */
export class DocumentProbe {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly limits: UploadLimits) {}

  /** @throws ProblemError */
  async probe(load: () => Promise<Buffer>): Promise<ProbedDocument> {
    const mine = this.turn.then(async () => this.look(await load()));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async look(bytes: Buffer): Promise<ProbedDocument> {
    try {
      return await probeDocument(bytes, this.limits);
    } catch (error) {
      if (error instanceof DocumentError) throw new ProblemError(PROBLEM_OF[error.code], { cause: error });
      throw error;
    }
  }
}
