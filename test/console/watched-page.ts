import type { Page } from 'playwright-core';

/** What must not happen while a page is used: errors in its console, and requests to anybody but its own server. */
export class WatchedPage {
  private readonly found: string[] = [];
  private readonly origins: ReadonlySet<string>;

  constructor(
    readonly page: Page,
    urls: readonly string[],
  ) {
    this.origins = new Set(urls.map((url) => new URL(url).origin));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.found.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.found.push(`uncaught: ${error.message}`));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      // data: and blob: never leave the browser.
      if (/^https?:|^wss?:/.test(protocol) && !this.origins.has(origin)) this.found.push(`request to ${origin}`);
    });
  }

  /** Takes the complaints found so far; an act that must fail, such as a wrong key, is asked for its one here. */
  take(): string[] {
    return this.found.splice(0);
  }
}
