const header = (
  name: string,
  { maxLength, example, description }: { maxLength: number; example: string; description: string },
): object => ({
  name,
  in: 'header',
  description: `${description}, percent-encoded UTF-8. Where it is missing, the tenant's default stands (/v1/consent-policy). Kept sealed, shown in evidence packs and in the person's copy, erased with what it was given for`,
  schema: { type: 'string', minLength: 1, maxLength },
  example: encodeURIComponent(example),
});

/** How a caller says by what right, and what for, something is processed. */
export const BASIS_PARAMETERS: readonly object[] = [
  header('X-Piaoyan-Consent-Reference', {
    ...{ maxLength: 100, example: '同意书-2026-0713' },
    description: 'Number of the consent (同意书编号) or of another legal basis; a tenant may demand it (`consent-reference-required`)',
  }),
  header('X-Piaoyan-Processing-Purpose', { maxLength: 200, example: '医疗费用报销审核', description: 'Purpose of processing (处理目的)' }),
];
