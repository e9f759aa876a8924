import { Client } from 'pg';

/** What is heard, and by whom. */
export interface Listening {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  channel: string;
  onNotification: (payload: string) => void;
  /** Listening began, or began again: what was said before was not heard. */
  onListening?: () => void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * Hears PostgreSQL's notifications on a connection of its own, which it opens again for as long as it is wanted. A notification is only
 * a hint that a look is worth while now: whoever waits must look by itself as well, since any of them may be lost.
 */
export class NotificationListener {
  private client: Client | undefined;
  private isClosed = false;
  private pauseMs = FIRST_PAUSE_MS;
  private timer: NodeJS.Timeout | undefined;
  private hears = false;

  constructor(private readonly listening: Listening) {}

  /** Whether notifications are being heard now, as far as is known. */
  get isListening(): boolean {
    return this.hears;
  }

  /** Resolves when the first try to listen succeeded or failed; a failed one is repeated in the background. */
  async start(): Promise<void> {
    const { url, applicationName, channel, onNotification, onListening } = this.listening;
    const client = new Client({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    });
    this.client = client;
    const lost = (): void => this.lose(client);
    client.on('error', lost).on('end', lost);
    client.on('notification', ({ payload }) => onNotification(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.hears = this.client === client;
      this.pauseMs = FIRST_PAUSE_MS;
      if (this.hears) onListening?.();
    } catch {
      lost();
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.hears = false;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private lose(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.hears = false;
    client.end().catch(() => undefined);
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.start(), this.pauseMs);
    this.pauseMs = Math.min(2 * this.pauseMs, LONGEST_PAUSE_MS);
  }
}
