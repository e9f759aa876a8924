import type { ReactNode } from 'react';
import { Brand } from '../app/brand';
import { PreferenceSwitches } from '../app/preference-switches';
import styles from './sign-in-page.module.css';

/** The card before anything is open. */
export function SignInFrame({ children }: { children: ReactNode }) {
  return (
    <div className={styles.page}>
      <div className={styles.switches}>
        <PreferenceSwitches />
      </div>
      <main className={styles.card}>
        <Brand size="large" />
        {children}
      </main>
    </div>
  );
}
