import type { ReactNode } from 'react';
import type { Step } from '../sign-in/use-step';
import page from './page.module.css';

/** The fields of a dialog. A refusal stands beside them until one is changed: it was of what they held before. */
export function StepForm({ step, children }: { step: Pick<Step, 'forget'>; children: ReactNode }) {
  return (
    <div className={page.form} onChange={step.forget}>
      {children}
    </div>
  );
}
