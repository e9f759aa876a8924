/** How PostgreSQL gives a time, to the microsecond and in UTC, whatever the session's settings are. */
export const utcText = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * Every column of audit_entry and the expression of its text. A test fails for a column that is missing here: it could be changed unseen.
 * In the order of names, as entries are sealed and exported.
 */
const COLUMNS: Readonly<Record<string, string>> = {
  action: 'e.action',
  actor_id: 'e.actor_id',
  actor_name: 'e.actor_name',
  actor_roles: 'e.actor_roles',
  actor_type: 'e.actor_type',
  client_address: 'e.client_address',
  detail: 'e.detail::text',
  id: 'e.id::text',
  outcome: 'e.outcome',
  recorded_at: utcText('e.recorded_at'),
  request_id: 'e.request_id',
  target_id: 'e.target_id',
  target_type: 'e.target_type',
  tenant_id: 'e.tenant_id::text',
  transaction_id: 'e.transaction_id::text',
  user_agent: 'e.user_agent',
};

export const SEALED_COLUMNS: readonly string[] = Object.keys(COLUMNS);

/** For a select list; `e` is audit_entry. */
export const SELECT_SEALED_COLUMNS = Object.entries(COLUMNS)
  .map(([name, expression]) => `${expression} as "${name}"`)
  .join(', ');

/** What a row selected so says, without what is empty. */
export function fieldsOf(row: Readonly<Record<string, unknown>>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of SEALED_COLUMNS) {
    const value = row[name];
    if (typeof value === 'string' && value !== '') fields[name] = value;
  }
  return fields;
}
