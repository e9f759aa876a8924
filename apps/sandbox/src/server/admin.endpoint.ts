import { ProviderId } from '@app/contracts';
import type { z } from 'zod';
import type { SandboxBook } from '../book/book.schema';
import type { FaultScript } from '../book/fault-script';
import { FaultRule, FaultRules } from '../book/fault.schema';
import type { Ledger } from '../records/ledger';
import type { RequestRecord } from '../records/request-record';
import { writeStatement } from '../records/statement';
import { OutageOrder } from './outage';

/** Prefix of everything that is no provider's. */
export const ADMIN_PREFIX = '/_sandbox/';

const DEFAULT_FEE_YUAN = '0.50';

/** Reply of the sandbox's own routes: JSON, or CSV. */
export interface AdminReply {
  status: number;
  body: unknown;
  csv?: string;
  /** Nobody shall listen for so long once this reply is out. */
  outageMs?: number;
}

/** Ledger, statements and requests to read, faults and outages to script. */
export class AdminEndpoint {
  constructor(
    private readonly ledger: Ledger,
    private readonly requests: RequestRecord,
    private readonly faults: FaultScript,
    private readonly fees: SandboxBook['fees'],
  ) {}

  answer(method: string, path: string, query: string, body: Buffer): AdminReply {
    switch (`${method} ${path}`) {
      case 'GET /_sandbox/ledger':
        return { status: 200, body: this.ledger.lines };
      case 'GET /_sandbox/requests':
        return { status: 200, body: this.requests.all.map(({ raw, ...request }) => ({ ...request, rawBase64: raw.toString('base64') })) };
      case 'GET /_sandbox/statement':
        return this.statement(query);
      case 'POST /_sandbox/outage':
        return outage(body);
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
    const posted = parse(body);
    const rules = Array.isArray(posted) ? FaultRules.safeParse(posted) : FaultRule.safeParse(posted);
    if (!rules.success) return refused(rules.error);
    if (!this.faults.add([rules.data].flat()))
      return { status: 422, body: { errors: [{ field: 'share', message: 'more than 1000 for one seed' }] } };
    return { status: 201, body: this.faults.list() };
  }

  private statement(query: string): AdminReply {
    const provider = ProviderId.safeParse(new URLSearchParams(query).get('provider'));
    if (!provider.success) return refused(provider.error);
    const lines = this.ledger.lines.filter((line) => line.provider === provider.data);
    return { status: 200, body: null, csv: writeStatement(lines, this.fees[provider.data] ?? DEFAULT_FEE_YUAN) };
  }
}

function outage(body: Buffer): AdminReply {
  const order = OutageOrder.safeParse(parse(body));
  if (!order.success) return refused(order.error);
  return { status: 202, body: order.data, outageMs: order.data.forMs };
}

function refused(error: z.ZodError): AdminReply {
  const errors = error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  return { status: 422, body: { errors } };
}

/** Text that is no JSON is no rule either: the schema says so. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
