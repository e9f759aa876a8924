/** What the audit says of a reviewer who looks at a bill, at its pages, or corrects it. */
export const REVIEW_PURPOSE = 'review';
