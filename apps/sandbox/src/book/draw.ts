/** A number from 0 to 999 that is the same for the same seed and request, and spread evenly over the requests of a seed. */
export function drawPerMille(seed: number, requestNumber: number): number {
  let mixed = (seed ^ Math.imul(requestNumber, 0x9e3779b9)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % 1_000;
}
