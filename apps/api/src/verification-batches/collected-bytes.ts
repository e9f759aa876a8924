import { ProblemError } from '@app/contracts';

/** The bytes of an upload that is small enough for memory. @throws ProblemError when there are none, or more than `maxBytes` */
export async function collected(bytes: AsyncIterable<Buffer>, { maxBytes }: { maxBytes: number }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > maxBytes) throw new ProblemError('upload-too-large', { detail: `The limit is ${maxBytes} bytes` });
    chunks.push(chunk);
  }
  if (length === 0) throw new ProblemError('upload-empty');
  return Buffer.concat(chunks);
}
