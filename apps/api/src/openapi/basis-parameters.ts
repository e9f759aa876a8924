const header = (name: string, maxLength: number, description: string): object => ({
  name,
  in: 'header',
  description: `${description}, percent-encoded UTF-8. Kept sealed, shown in evidence packs and in the person's copy, erased with what it was given for`,
  schema: { type: 'string', minLength: 1, maxLength },
});

/** How a caller says by what right, and what for, something is processed. */
export const BASIS_PARAMETERS: readonly object[] = [
  header('X-Piaoyan-Consent-Reference', 100, 'Number of the consent (同意书编号) or of another legal basis'),
  header('X-Piaoyan-Processing-Purpose', 200, 'Purpose of processing (处理目的)'),
];
