import type { z } from 'zod';

/** A settings file has not the shape it must have; the message names the file, the places and the rules, never a value. */
export class SettingsFileError extends Error {
  override readonly name = 'SettingsFileError';
  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.join('; ')}`);
  }
}

/**
 * The content of a settings file such as `ProviderCodes` or `GenericDescription`; `file` is only for messages.
 * @throws SettingsFileError
 */
export function parseSettingsFile<S extends z.ZodType>(file: string, text: string, schema: S): z.output<S> {
  const parsed = schema.safeParse(parseJson(file, text));
  if (parsed.success) return parsed.data;
  throw new SettingsFileError(
    file,
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'} ${issue.message}`),
  );
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SettingsFileError(file, ['is not JSON']);
  }
}
