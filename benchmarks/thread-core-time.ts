/** Core time that the calling thread has had so far, in milliseconds. */
export function threadCoreMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
