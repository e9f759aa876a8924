// Loaded before a command, it lets the command believe that two days have passed: a statement says that a call was not made only once its
// period is over.
const LATER_MS = 2 * 86_400_000;
const Today = Date;

globalThis.Date = class extends Today {
  constructor(...parts: [] | ConstructorParameters<DateConstructor>) {
    if (parts.length === 0) super(Today.now() + LATER_MS);
    else super(...parts);
  }

  static override now(): number {
    return Today.now() + LATER_MS;
  }
} as DateConstructor;
