/** The two-sided normal quantile of 95 %. */
const Z = 1.959964;

/** The 95 % interval of a share by Wilson's score, which stays sensible near 0 and 1 and for small counts; nothing counted says nothing. */
export function wilson(right: number, count: number): { low: number; high: number } {
  if (count === 0) return { low: 0, high: 1 };
  const share = right / count;
  const spread = Z ** 2 / count;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / count + spread / (4 * count));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
