/**
 * Core milliseconds of this thread so far. Linux keeps a running thread's time as of the last tick, which loses 2 ms of every short run; asking
 * for the whole process first brings it up to date.
 */
export function threadCoreMs(): number {
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
