const schema = { type: 'string', minLength: 2, maxLength: 200 };

const header = (description: string): object => ({ name: 'X-Piaoyan-Purpose', in: 'header', description, schema });

/** How a caller names the purpose for which it wants personal fields unmasked. */
export const PURPOSE_PARAMETERS: readonly object[] = [
  header(
    'Why personal fields are to be seen unmasked, 2 to 200 characters in percent-encoded UTF-8. Needs the scope personal.unmask; the audit keeps record and purpose. Without it they are masked',
  ),
];

/** How a caller names the purpose for which it looks at an image. */
export const VIEW_PURPOSE_PARAMETERS: readonly object[] = [
  header(
    'Why the image is looked at, 2 to 200 characters in percent-encoded UTF-8; the audit keeps it. May be left out by a reviewer who has the receipt open for review (POST /v1/receipts/{id}/review, within four hours)',
  ),
];
