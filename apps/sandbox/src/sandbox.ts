import type { Server } from 'node:http';
import { mkdir } from 'node:fs/promises';
import type { GenericDescription } from '@app/providers';
import type { SandboxBook } from './book/book.schema';
import { FaultScript } from './book/fault-script';
import { AnsweringMachine } from './calls/answering-machine';
import { genericDialect } from './dialects/generic.dialect';
import { jumdataDialect } from './dialects/jumdata.dialect';
import { netocrDialect } from './dialects/netocr.dialect';
import { Ledger } from './records/ledger';
import { RequestRecord } from './records/request-record';
import { AdminEndpoint } from './server/admin.endpoint';
import { createSandboxServer } from './server/sandbox-server';

/** Puts the sandbox together. Without a record folder everything is kept in memory. */
export async function createSandbox(options: {
  book: SandboxBook;
  recordDirectory: string | undefined;
  /** False where very many calls are made: then no request is kept, and the ledger only. */
  keepRequests?: boolean;
  /** The generic provider, when it is to be played too. */
  generic?: GenericDescription | undefined;
  onError: (error: unknown) => void;
}): Promise<Server> {
  const { book, recordDirectory, generic, onError } = options;
  if (recordDirectory !== undefined) await mkdir(recordDirectory, { recursive: true });
  const ledger = await Ledger.open(recordDirectory);
  const requests = await RequestRecord.open(recordDirectory, options.keepRequests ?? true);
  const faults = new FaultScript();
  return createSandboxServer(
    {
      dialects: [
        netocrDialect(book.accounts.netocr),
        jumdataDialect(book.accounts.jumdata),
        ...(generic ? [genericDialect(generic, book.accounts.generic)] : []),
      ],
      machine: new AnsweringMachine(book.bills, ledger, faults),
      requests,
      admin: new AdminEndpoint(ledger, requests, faults, book.fees),
    },
    onError,
  );
}
