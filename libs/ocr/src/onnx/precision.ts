import { readFileSync } from 'node:fs';

/** How a recogniser multiplies: in 8-bit integers with every doubtful line read again as published, or as published throughout. */
export type Precision = 'int8' | 'float32';

const PRECISIONS: readonly Precision[] = ['int8', 'float32'];

/** The processor features with which integer products are faster than those of the published model. */
const VNNI = /^flags\s*:.*\b(avx512_vnni|avx_vnni)\b/m;

/**
 * Integers where the processor multiplies them natively (x64 with VNNI), the published precision elsewhere: the runtime's documentation warns of
 * overflow in older kernels, and neither they nor arm64 were measured.
 */
export function precisionFor({ platform, cpuInfo }: CpuProbe = thisCpu()): Precision {
  return platform === 'linux x64' && VNNI.test(cpuInfo) ? 'int8' : 'float32';
}

/**
 * The precision that was asked for, or the processor's where the pack can have it. Throws `RangeError` for one that the pack cannot have or that
 * is none, since callers need not have a compiler.
 */
export function checkedPrecision(asked: Precision | undefined, pack: { name: string; int8?: boolean }): Precision {
  if (asked === 'int8' && !pack.int8) throw new RangeError(`the model pack ${pack.name} cannot be read in int8`);
  const precision = asked ?? (pack.int8 ? precisionFor() : 'float32');
  if (PRECISIONS.includes(precision)) return precision;
  throw new RangeError(`precision must be one of ${PRECISIONS.join(', ')}, not ${precision}`);
}

/** What the choice rests on. */
export interface CpuProbe {
  platform: string;
  /** `/proc/cpuinfo`; empty where there is none. */
  cpuInfo: string;
}

function thisCpu(): CpuProbe {
  const platform = `${process.platform} ${process.arch}`;
  return { platform, cpuInfo: platform.startsWith('linux') ? readFileSync('/proc/cpuinfo', 'utf8') : '' };
}
