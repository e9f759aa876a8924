import { IssueDate, ProviderId } from '@app/contracts';
import { InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';

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

/** The id of a proposal, a request or another record. */
export function parseId(text: string): string {
  const id = z.uuid().safeParse(text);
  if (!id.success) throw new InvalidArgumentError('give an id such as 019ab1c2-0000-7000-8000-000000000000');
  return id.data;
}
