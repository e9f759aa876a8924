import type { AnchorSink } from './anchor-sink';
import type { ChainHeads } from './chain-heads';

/** Gives the heads of all chains to every sink. */
export class AnchorWriter {
  constructor(
    private readonly heads: Pick<ChainHeads, 'all'>,
    private readonly sinks: readonly AnchorSink[],
  ) {}

  /** Every sink is tried, also when one before it fails. @throws AggregateError when any failed */
  async write(): Promise<{ heads: number; sinks: number }> {
    if (this.sinks.length === 0) return { heads: 0, sinks: 0 };
    const anchors = await this.heads.all();
    if (anchors.length === 0) return { heads: 0, sinks: this.sinks.length };
    const results = await Promise.allSettled(this.sinks.map((sink) => sink.write(anchors)));
    const failed = results.flatMap((result, index) => (result.status === 'rejected' ? [{ name: this.sinks[index]?.name, result }] : []));
    if (failed.length === 0) return { heads: anchors.length, sinks: this.sinks.length };
    throw new AggregateError(
      failed.map(({ result }) => result.reason as unknown),
      `anchors were not taken by: ${failed.map(({ name }) => name).join(', ')}`,
    );
  }
}
