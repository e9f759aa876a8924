/** Keeps the end of a process's output, to be shown when it dies. */
export class LastLines {
  private lines: string[] = [];
  private unfinished = '';

  constructor(private readonly limit = 30) {}

  add(chunk: Buffer): void {
    const parts = (this.unfinished + chunk.toString('utf8')).split('\n');
    this.unfinished = parts.pop() ?? '';
    this.lines = [...this.lines, ...parts].slice(-this.limit);
  }

  text(): string {
    return [...this.lines, this.unfinished].join('\n').trim();
  }
}
