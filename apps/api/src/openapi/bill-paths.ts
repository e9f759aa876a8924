import { BillListQuery } from '@app/contracts';
import { EXPORT_LIMITS } from '@app/receipts';
import { proposed } from './approval-paths';
import { BILL_EXAMPLES } from './bill-examples';
import { schemaRef, type SchemaName } from './json-schemas';
import { BINARY, ID } from './parameters';
import { queryParameters } from './query-parameters';
import { json, problems } from './responses';

/** The paths of the ledger (票据台账). */
export function billPaths(): object {
  return {
    '/v1/bills': {
      get: {
        tags: ['bills'],
        operationId: 'listBills',
        summary: 'The ledger, newest first: one bill per code and number, however many documents show it',
        parameters: queryParameters(BillListQuery),
        responses: { 200: json('One page', 'BillPage', BILL_EXAMPLES.page), ...problems('invalid-field') },
      },
    },
    '/v1/bills/search': {
      post: {
        tags: ['bills'],
        operationId: 'searchBills',
        summary: 'Search the ledger by words, elements, ranges and states. In a body, because addresses are logged on their way',
        requestBody: body('BillSearchRequest', BILL_EXAMPLES.search),
        responses: { 200: json('One page', 'BillPage', BILL_EXAMPLES.page), ...problems('invalid-request', 'invalid-field') },
      },
    },
    '/v1/bills/of-payer': {
      post: {
        tags: ['bills'],
        operationId: 'listBillsOfPayer',
        summary: 'The bills that somebody paid, newest first, by the whole name or credit code; every search is audited',
        requestBody: body('BillPayerQuery', BILL_EXAMPLES.ofPayer),
        responses: { 200: json('One page', 'BillPage', BILL_EXAMPLES.page), ...problems('invalid-request', 'invalid-field') },
      },
    },
    '/v1/bills/export': {
      post: {
        tags: ['bills'],
        operationId: 'exportBills',
        summary: `The ledger as a table, newest first: at most ${EXPORT_LIMITS.csv} bills as CSV, ${EXPORT_LIMITS.xlsx} as XLSX; every export is audited`,
        requestBody: body('BillExportRequest', BILL_EXAMPLES.exported),
        responses: {
          200: {
            description: 'Identifiers are text cells that keep their zeros, and no cell is taken for a formula',
            content: { 'text/csv': BINARY, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': BINARY },
          },
          ...problems('invalid-request', 'invalid-field', 'export-too-large', 'quota-exceeded'),
        },
      },
    },
    '/v1/bills/{id}': {
      get: {
        tags: ['bills'],
        operationId: 'getBill',
        summary: 'A bill, the uploads that show it, and its bookings',
        parameters: [ID],
        responses: { 200: json('The bill', 'BillDetailView', BILL_EXAMPLES.detail), ...problems('not-found') },
      },
    },
    '/v1/bills/{id}/evidence': {
      get: {
        tags: ['bills', 'audit'],
        operationId: 'exportBillEvidence',
        summary: 'All that is known of a bill, with proofs of the audit, as one signed file; each is audited',
        parameters: [ID],
        responses: {
          200: { description: 'A ZIP file; its readme.html says how to check it', content: { 'application/zip': BINARY } },
          ...problems('not-found', 'evidence-key-missing', 'evidence-too-large'),
        },
      },
    },
    '/v1/bills/{id}/origin': {
      put: {
        tags: ['bills'],
        operationId: 'setBillOrigin',
        summary: "Say what the bill's original is, and where it is kept (归档位置); audited",
        parameters: [ID],
        requestBody: body('BillOriginRequest', BILL_EXAMPLES.origin),
        responses: {
          200: json('The bill', 'BillDetailView', BILL_EXAMPLES.detail),
          ...problems('invalid-request', 'invalid-field', 'not-found'),
        },
      },
    },
    '/v1/bills/{id}/booking': {
      post: {
        tags: ['bills'],
        operationId: 'bookBill',
        summary: 'Book a bill (入账), once; what is no undoubted match needs override and a reason',
        parameters: [ID],
        requestBody: body('BookingRequest', BILL_EXAMPLES.booking),
        responses: {
          201: json('The bill, booked', 'BillDetailView', BILL_EXAMPLES.detail),
          ...problems('invalid-request', 'invalid-field', 'not-found', 'bill-booked', 'bill-not-verified'),
        },
      },
      delete: {
        tags: ['bills'],
        operationId: 'undoBooking',
        summary: 'Propose to take a booking back, with the reason; both stay in the history when a second person has approved it',
        parameters: [ID],
        requestBody: body('BookingUndoRequest', BILL_EXAMPLES.undo),
        responses: {
          202: proposed(),
          ...problems('invalid-request', 'invalid-field', 'not-found', 'bill-not-booked'),
        },
      },
    },
  };
}

function body(name: SchemaName, example: unknown): object {
  return { required: true, content: { 'application/json': { schema: schemaRef(name), examples: { first: { value: example } } } } };
}
