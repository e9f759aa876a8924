import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** A term with its value; null leaves it out. `key` tells equal terms apart and names the pair in tests. */
export interface Fact {
  readonly key: string;
  readonly term: string;
  readonly value: ReactNode;
  readonly isRaised?: boolean;
}

/** Terms with their values, side by side. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ key, term, value, isRaised = false }) =>
        value === null ? null : (
          <div key={key} data-fact={key} data-raised={isRaised}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
