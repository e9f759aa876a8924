import type { zhCN } from './zh-CN';

export type MessageKey = keyof typeof zhCN;

/** One text for every key: a language that lacks one does not compile. */
export type Messages = Record<MessageKey, string>;

/** Names between braces in a text: `'{number}/{count}'` gives `'number' | 'count'`. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** What must be given beside a key: nothing, or a value for each of its placeholders. */
export type Arguments<Key extends MessageKey> = [Placeholders<(typeof zhCN)[Key]>] extends [never]
  ? []
  : [values: Record<Placeholders<(typeof zhCN)[Key]>, string | number>];

/** Puts the values into a text; a placeholder without a value stays visible, so that the gap is seen. */
export function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
