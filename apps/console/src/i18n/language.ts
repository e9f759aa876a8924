import { z } from 'zod';
import { en } from './en';
import type { Messages } from './messages';
import { zhCN } from './zh-CN';

/** Languages of the console, the first one being the default. */
export const Language = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof Language>;

export const MESSAGES: Record<Language, Messages> = { 'zh-CN': zhCN, en };
