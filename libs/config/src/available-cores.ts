import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const CGROUP_V2 = '/sys/fs/cgroup/cpu.max';
const CGROUP_V1 = { quota: '/sys/fs/cgroup/cpu/cpu.cfs_quota_us', period: '/sys/fs/cgroup/cpu/cpu.cfs_period_us' };

/**
 * Cores this process may use, at least 1: the container's quota where there is one, else the machine's.
 * Node counts the machine's cores even in a container that may use two of sixty-four.
 */
export function availableCores(read: (file: string) => string | undefined = readIfPresent, machineCores = availableParallelism()): number {
  const [quota, period] = read(CGROUP_V2)?.trim().split(' ') ?? [read(CGROUP_V1.quota), read(CGROUP_V1.period)];
  const cores = Number(quota) / Number(period);
  // "max" and -1 mean no limit.
  if (!Number.isFinite(cores) || cores <= 0) return machineCores;
  return Math.max(1, Math.min(Math.floor(cores), machineCores));
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // No such file outside a container, or another kind of system: the machine's own count holds.
    return undefined;
  }
}
