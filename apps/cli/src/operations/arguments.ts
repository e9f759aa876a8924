import { IssueDate, ProviderId } from '@app/contracts';
import { InvalidArgumentError, Option } from 'commander';

/** A calendar day of Asia/Shanghai. */
export function parseDay(text: string): string {
  const day = IssueDate.safeParse(text);
  if (!day.success) throw new InvalidArgumentError('give a day as YYYY-MM-DD');
  return day.data;
}

/** `--provider`, which must be one of those we know. */
export function providerOption(): Option {
  return new Option('--provider <name>', 'the provider').choices(ProviderId.options).makeOptionMandatory();
}
