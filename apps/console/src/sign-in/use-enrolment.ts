import type { SessionView, TotpEnrolment } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { useStep, type Step } from './use-step';

/** The way to a second factor: a secret is offered, a code of it proves that it arrived, recovery codes are noted. */
export interface EnrolmentSteps {
  readonly step: Step;
  readonly offer: TotpEnrolment | null;
  readonly codes: readonly string[] | null;
  readonly begin: () => Promise<void>;
  readonly confirm: (code: string) => Promise<void>;
  /** The codes were noted. */
  readonly finish: () => Promise<void>;
}

export function useEnrolment(onSession: (view: SessionView) => void): EnrolmentSteps {
  const api = useApi();
  const step = useStep();
  const [offer, setOffer] = useState<TotpEnrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return {
    step,
    offer,
    codes,
    begin: async () => {
      const begun = await step.send(() => api.enrolTotp());
      if (begun) setOffer(begun.value);
    },
    confirm: async (code) => {
      const confirmed = await step.send(() => api.confirmTotp({ code }));
      if (confirmed) setCodes(confirmed.value.recoveryCodes);
    },
    finish: async () => {
      const view = await step.send(() => api.readSession());
      if (!view) return;
      setOffer(null);
      setCodes(null);
      onSession(view.value);
    },
  };
}
