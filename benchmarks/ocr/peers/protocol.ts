import { z } from 'zod';

/** What an engine's process says, a line of JSON at a time: that it is ready, how a page or a batch was read, or why not. */
export const EngineMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), detail: z.string() }),
  z.object({
    type: z.literal('page'),
    /** From the file's name to its lines, decoding included. */
    seconds: z.number().positive(),
    /** Core time of the whole process meanwhile. */
    cpuSeconds: z.number().nonnegative(),
    /** The part of it inside the models, from engines that know. */
    modelSeconds: z.number().nonnegative().optional(),
    lines: z.array(z.string()),
  }),
  z.object({
    type: z.literal('batch'),
    /** From the first file's name to the last page's lines. */
    seconds: z.number().positive(),
    /** Core time of the whole process meanwhile. */
    cpuSeconds: z.number().nonnegative(),
    pages: z.int().positive(),
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type EngineMessage = z.infer<typeof EngineMessage>;

/** One page as an engine read it. */
export type PageAnswer = Extract<EngineMessage, { type: 'page' }>;

/** Several pages as an engine read them that takes more than one in hand. */
export type BatchAnswer = Extract<EngineMessage, { type: 'batch' }>;

/** What every engine is asked. */
export const PageRequest = z.object({ file: z.string() });
export type PageRequest = z.infer<typeof PageRequest>;

/** What an engine is asked that can have `atOnce` pages in hand. */
export const BatchRequest = z.object({ files: z.array(z.string()).min(1), atOnce: z.int().positive() });
export type BatchRequest = z.infer<typeof BatchRequest>;

/** Reads one line of an engine's answers; throws on anything else, since a skipped line would shift every later answer by one. */
export function parseMessage(line: string): EngineMessage {
  return EngineMessage.parse(JSON.parse(line));
}

/** The peak of resident memory, in MiB, from the text of /proc/PID/status. */
export function peakRssMiB(status: string): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}
