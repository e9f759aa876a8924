import { DocumentError } from './document.error';
import { sniff, type MediaType } from './sniff';
import { isOfd } from './zip/is-ofd';

/** The form of a document, from all its bytes. Throws `DocumentError` when it is empty, an archive, or none that can be opened. */
export async function recognise(bytes: Buffer): Promise<MediaType> {
  if (bytes.length === 0) throw new DocumentError('empty', 'the file is empty');
  const type = sniff(bytes);
  if (type === null) throw new DocumentError('unsupported-type', 'the file is no document that can be read');
  if (type !== 'application/zip') return type;
  if (await isOfd(bytes)) return 'application/ofd';
  throw new DocumentError('archive', 'the file is an archive; its documents are to be read one by one');
}
