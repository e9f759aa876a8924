import { z } from 'zod';

/** A sentence for people, in both languages of the product. */
export const LocalizedText = z.strictObject({ 'zh-CN': z.string(), en: z.string() });
export type LocalizedText = z.infer<typeof LocalizedText>;
