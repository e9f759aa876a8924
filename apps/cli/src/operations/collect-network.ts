import { networkOf } from '@app/tenancy';
import { InvalidArgumentError } from 'commander';

/** One more address or network of an option that may be given several times. */
export function collectNetwork(text: string, before: string[]): string[] {
  try {
    return [...before, networkOf(text)];
  } catch (error) {
    throw new InvalidArgumentError(error instanceof RangeError ? error.message : String(error));
  }
}
