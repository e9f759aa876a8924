/** The configuration cannot be used. Lists every problem at once, by variable name and rule; never a value. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['the configuration cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'ConfigError';
  }
}
