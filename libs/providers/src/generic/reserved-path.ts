/** Whether a dotted path would reach into an object's machinery instead of its fields. */
export function isReservedPath(path: string): boolean {
  return /(^|\.)(__proto__|prototype|constructor)(\.|$)/.test(path);
}
