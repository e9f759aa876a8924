import type { ReactNode } from 'react';
import styles from './section.module.css';

/** A titled block of a page. */
export function Section({ heading, aside, children }: { heading: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={heading}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{heading}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
