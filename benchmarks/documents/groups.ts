import type { DocumentMeasure } from './compare-document';

/** Measures that one row of a table is about. */
export interface Group {
  name: string;
  measures: DocumentMeasure[];
}

/** By form, in the order of the data, then all together; a form named in `split` gets a row for each note as well. */
export function groupsOf(measures: readonly DocumentMeasure[], split: readonly string[] = []): Group[] {
  const forms = by(measures, ({ form }) => form);
  const rows = forms.flatMap((form) =>
    split.includes(form.name) ? [form, ...by(form.measures, ({ note }) => `${form.name}: ${note}`)] : [form],
  );
  return [...rows, { name: 'ALL', measures: [...measures] }];
}

function by(measures: readonly DocumentMeasure[], keyOf: (measure: DocumentMeasure) => string): Group[] {
  return [...Map.groupBy(measures, keyOf)].map(([name, group]) => ({ name, measures: group }));
}
