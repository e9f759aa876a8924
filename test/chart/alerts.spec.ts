import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Outcome, ProviderChannelState } from '@app/contracts';
import { METRIC_LABELS } from '@app/observability';
import { load } from 'js-yaml';
import { z } from 'zod';

const ROOT = join(__dirname, '../..');
const Rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Piaoyan[A-Z][A-Za-z]+$/),
          expr: z.string(),
          for: z.string().regex(/^\d+[mh]$/),
          labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.strictObject({ summary: z.string().regex(/[一-鿿].* \/ [A-Z]/), runbook: z.string() }),
        }),
      ),
    }),
  ),
});
const rules = Rules.parse(load(readFileSync(join(ROOT, 'deploy/prometheus/alerts.yaml'), 'utf8'))).groups.flatMap(({ rules: all }) => all);
const page = readFileSync(join(ROOT, 'docs/operations/metrics.md'), 'utf8');

/** Each metric that a source makes, with its labels; what spec files make is none. */
function metricsMade(): Map<string, string[]> {
  const sources = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.spec.ts'));
  const made = sources.flatMap((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return [...text.matchAll(/name: '(piaoyan_\w+)'([^}]*)/g)].map(([, name = '', rest = '']): [string, string[]] => {
      const [, listed = rest.includes('...LABELS') ? "'route', 'method', 'status'" : ''] = /labels: \[([^\]]*)\]/.exec(rest) ?? [];
      return [name, [...listed.matchAll(/'(\w+)'/g)].map(([, label = '']) => label)];
    });
  });
  return new Map(made);
}

describe('the metrics', () => {
  const made = metricsMade();

  it('stand on the page of metrics, all of them, and nothing else does', () => {
    const table = page.slice(0, page.indexOf('## Alerts'));
    const documented = [...table.matchAll(/`(piaoyan_\w+?)(?:\{[\w,]+\})?`/g)].map(([, name]) => name);
    expect([...new Set(documented)].sort()).toEqual([...made.keys()].sort());
    for (const [name, labels] of made) if (labels.length > 0) expect(table).toContain(`\`${name}{${labels.join(',')}}\``);
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    'are what the rule %s asks for, with labels and values that exist',
    (_alert, rule) => {
      const selectors = [...rule.expr.matchAll(/(piaoyan_\w+?)(?:_bucket)?(?:\{([^}]*)\})?(?=[^\w{]|$)/g)];
      expect(selectors.length).toBeGreaterThan(0);
      for (const [, name = '', selected = ''] of selectors) {
        expect([...made.keys()]).toContain(name);
        for (const [, label = '', value = ''] of selected.matchAll(/(\w+)(?:=|!=|=~|!~)"([^"]*)"/g)) {
          expect(made.get(name)).toContain(label);
          if (label === 'outcome') expect(Outcome.options).toContain(value);
          if (name === 'piaoyan_provider_state' && label === 'state')
            expect(ProviderChannelState.options).toEqual(expect.arrayContaining(value.split('|')));
        }
      }
      expect(existsSync(join(ROOT, rule.annotations.runbook))).toBe(true);
    },
  );

  it('have no outcome that the list of labels does not let through', () => {
    for (const outcome of Outcome.options) expect(outcome).toMatch(METRIC_LABELS.outcome);
  });
});
