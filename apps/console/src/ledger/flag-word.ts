/** The text for a provider's flag. One that was not given is 未提供, never 否: silence is no answer. */
export function flagWord(value: boolean | null): 'face.notProvided' | 'flag.yes' | 'flag.no' {
  if (value === null) return 'face.notProvided';
  return value ? 'flag.yes' : 'flag.no';
}
