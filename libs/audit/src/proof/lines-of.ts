const NEWLINE = 0x0a;

/** A line longer than any export writes: what is read is not one. */
export class LineTooLongError extends Error {
  constructor(readonly line: number) {
    super(`line ${line} is longer than ${MAX_LINE_BYTES} bytes`);
    this.name = 'LineTooLongError';
  }
}

const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** One line, and whether the file ends it: the last one of a truncated file may be cut anywhere. */
export interface Line {
  text: string;
  isEnded: boolean;
}

/** The lines of a stream of bytes in bounded memory. @throws LineTooLongError */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let count = 0;
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, end);
      lines.push({ text: rest.length === 0 ? piece.toString('utf8') : Buffer.concat([...rest, piece]).toString('utf8'), isEnded: true });
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    restBytes += chunk.length - start;
    count += lines.length;
    if (restBytes > MAX_LINE_BYTES) throw new LineTooLongError(count + 1);
    // All lines of a chunk together: an await for each would take longer than its hash.
    yield lines;
  }
  if (restBytes > 0) yield [{ text: Buffer.concat(rest).toString('utf8'), isEnded: false }];
}
