import { probeDocument, type ProbedDocument } from '@app/documents';
import { documentProblem } from './document-problem';
import { OneAtATime } from './one-at-a-time';

/** Bounds of one upload. */
export interface UploadLimits {
  maxBytes: number;
  maxPixels: number;
}

/**
 * Says what a stored upload is, or why it is no receipt. Probes run one after another: an upload is at most in one buffer at a time,
 * however many arrive together.
 */
export class DocumentProbe {
  private readonly turns = new OneAtATime();

  constructor(private readonly limits: UploadLimits) {}

  /** @throws ProblemError */
  async probe(load: () => Promise<Buffer>): Promise<ProbedDocument> {
    return this.turns.run(async () => this.look(await load()));
  }

  private async look(bytes: Buffer): Promise<ProbedDocument> {
    try {
      return await probeDocument(bytes, this.limits);
    } catch (error) {
      throw documentProblem(error);
    }
  }
}
