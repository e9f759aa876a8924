import type { Worker } from 'node:worker_threads';

const MIB = 1024 * 1024;
const LOOK_MS = 25;

/** Memory a thread holds, in MiB: objects, buffers and WebAssembly's memory. Rejects when it has ended. */
export async function heldMiB(worker: Worker): Promise<number> {
  const { used_heap_size, external_memory, malloced_memory } = await worker.getHeapStatistics();
  return (used_heap_size + external_memory + malloced_memory) / MIB;
}

/** Looks at a thread's memory until it exceeds what it may, or until the returned function is called. V8 answers in the midst of a loop, too. */
export function watchMemory(worker: Worker, maxMiB: number, exceeded: () => void): () => void {
  let isOver = false;
  let timer: NodeJS.Timeout;
  // One look after another: a thread that collects garbage answers late.
  const next = () => (timer = setTimeout(() => void look(), LOOK_MS));
  const look = async () => {
    // A thread that has ended is reported by its end.
    const held = await heldMiB(worker).catch(() => 0);
    if (isOver) return;
    if (held > maxMiB) exceeded();
    else next();
  };
  next();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
