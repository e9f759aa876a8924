import { FaultRule } from '../book/book.schema';
import type { FaultScript } from '../book/fault-script';
import type { Ledger } from '../records/ledger';
import type { RequestRecord } from '../records/request-record';

/** Prefix of everything that is no provider's. */
export const ADMIN_PREFIX = '/_sandbox/';

/** JSON reply of the sandbox's own routes. */
export interface AdminReply {
  status: number;
  body: unknown;
}

/** Ledger and requests to read, faults to script. */
export class AdminEndpoint {
  constructor(
    private readonly ledger: Ledger,
    private readonly requests: RequestRecord,
    private readonly faults: FaultScript,
  ) {}

  answer(method: string, path: string, body: Buffer): AdminReply {
    switch (`${method} ${path}`) {
      case 'GET /_sandbox/ledger':
        return { status: 200, body: this.ledger.lines };
      case 'GET /_sandbox/requests':
        return { status: 200, body: this.requests.all.map(({ raw, ...request }) => ({ ...request, rawBase64: raw.toString('base64') })) };
      case 'GET /_sandbox/faults':
        return { status: 200, body: this.faults.list() };
      case 'POST /_sandbox/faults':
        return this.script(body);
      case 'DELETE /_sandbox/faults':
        this.faults.clear();
        return { status: 200, body: [] };
      default:
        return { status: 404, body: { error: 'no such route' } };
    }
  }

  private script(body: Buffer): AdminReply {
    const rule = FaultRule.safeParse(parse(body));
    if (!rule.success) {
      const errors = rule.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
      return { status: 422, body: { errors } };
    }
    this.faults.add(rule.data);
    return { status: 201, body: this.faults.list() };
  }
}

/** Text that is no JSON is no rule either: the schema says so. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
