import { availableCores } from './available-cores';

const files = (content: Record<string, string>) => (file: string) => content[file];

describe('availableCores', () => {
  it.each([
    ['the quota of a container (cgroup v2)', { '/sys/fs/cgroup/cpu.max': '250000 100000\n' }, 2],
    ['one core for less than one', { '/sys/fs/cgroup/cpu.max': '50000 100000\n' }, 1],
    ['the machine without a limit', { '/sys/fs/cgroup/cpu.max': 'max 100000\n' }, 8],
    ['the machine when the quota is larger', { '/sys/fs/cgroup/cpu.max': '6400000 100000\n' }, 8],
    [
      'the quota of a container (cgroup v1)',
      { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '300000\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
      3,
    ],
    [
      'the machine without a limit (cgroup v1)',
      { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
      8,
    ],
    ['the machine where there are no cgroups', {}, 8],
  ])('counts %s', (_what, content, cores) => {
    expect(availableCores(files(content), 8)).toBe(cores);
  });
});
