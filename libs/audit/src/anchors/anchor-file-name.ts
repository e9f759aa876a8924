import { randomBytes } from 'node:crypto';

/** A name that no file and no object has yet, and that sorts by time: `anchors-20261126T080000Z-1f2e3d4c.jsonl`. */
export function anchorFileName(at: Date): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  return `anchors-${time}-${randomBytes(4).toString('hex')}.jsonl`;
}
