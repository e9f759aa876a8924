import type { SyslogTransport } from '../forwarding/syslog-transport';
import { type Anchor, anchorLine } from './anchor';
import type { AnchorSink } from './anchor-sink';

/** Facility 13, log audit; severity 5, notice. */
const PRIORITY = 13 * 8 + 5;
/** RFC 5424 wants it before text that is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/** Each anchor as one RFC 5424 message, over TLS as entries are forwarded: whoever keeps the SIEM keeps the proof. */
export class SyslogAnchorSink implements AnchorSink {
  readonly name = 'syslog';

  constructor(
    private readonly transport: Pick<SyslogTransport, 'send'>,
    private readonly host: string,
  ) {}

  async write(anchors: readonly Anchor[]): Promise<void> {
    const from = this.host.replace(/[^\x21-\x7e]/g, '_').slice(0, 255) || '-';
    await this.transport.send(
      anchors.map(
        (anchor) => `<${PRIORITY}>1 ${anchor.anchoredAt} ${from} piaoyan - audit.anchor - ${BYTE_ORDER_MARK}${anchorLine(anchor)}`,
      ),
    );
  }
}
