const DESCRIPTION =
  'Why personal fields are to be seen unmasked, 2 to 200 characters. Needs the scope personal.unmask; the audit keeps record and purpose. Without it they are masked';
const schema = { type: 'string', minLength: 2, maxLength: 200 };

/** How a caller names its purpose: the header, or the parameter of the query. */
export const PURPOSE_PARAMETERS: readonly object[] = [
  { name: 'X-Piaoyan-Purpose', in: 'header', description: `${DESCRIPTION}. Percent-encoded UTF-8`, schema },
  { name: 'purpose', in: 'query', description: DESCRIPTION, schema },
];
