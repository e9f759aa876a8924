import styles from './figures.module.css';

/** One number with its name; a `tone` where it asks for attention. */
export interface Figure {
  readonly name: string;
  readonly value: string | number;
  readonly tone?: 'green' | 'red' | 'amber' | 'grey' | 'blue' | undefined;
}

/** Numbers side by side. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, tone }) => (
        <div key={name} data-tone={tone}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
