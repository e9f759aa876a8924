/** Whether an archive is an OFD document: those have their entry point at the root. */
export function isOfd(bytes: Buffer): boolean {
  return bytes.includes('OFD.xml');
}
