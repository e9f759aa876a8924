import type { ResealedBatch } from '@app/keyring';

/** A line at the first batch of each column and then at each so many rows: to the error stream, so that the result can be piped. */
const LINE_EACH_ROWS = 10_000;

/** Tells how far sealing anew has come. */
export class ResealProgress {
  private column = '';
  private rows = 0;
  private toldAt = 0;

  constructor(private readonly write: (line: string) => void = (line) => void process.stderr.write(line)) {}

  add({ column, rows }: ResealedBatch): void {
    if (column !== this.column) [this.column, this.rows, this.toldAt] = [column, 0, 0];
    this.rows += rows;
    if (this.toldAt > 0 && this.rows - this.toldAt < LINE_EACH_ROWS) return;
    this.toldAt = this.rows;
    this.write(`${column}: ${this.rows} rows\n`);
  }
}
