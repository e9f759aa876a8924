/** Tells the operator what no output says, such as that there is nothing: on the error stream, so that a file of the output stays clean. */
export function notice(text: string): void {
  process.stderr.write(`piaoyan: ${text}\n`);
}
