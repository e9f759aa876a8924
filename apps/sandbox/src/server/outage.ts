import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** For how long nobody listens. */
export const OutageOrder = z.strictObject({ forMs: z.int().min(1).max(600_000) });

/** Closes the server's port and opens it again: whoever connects in between is refused. */
export class Outage {
  constructor(private readonly server: Server) {}

  /** Begins now; connections that are open already go on. */
  begin(forMs: number): void {
    if (!this.server.listening) return;
    const { port, address } = this.server.address() as AddressInfo;
    this.server.close();
    setTimeout(() => this.server.listen(port, address), forMs).unref();
  }
}
