import type { Charge, ElementName, Origin, Outcome, ProviderFace, ProviderId } from '@app/contracts';

/** What a client is told, before it is put into its dialect. */
export interface ClientAnswer {
  outcome: Outcome;
  origin: Origin;
  /** What this very call cost: a stored or shared answer costs nothing. */
  charge: Charge;
  face: ProviderFace | null;
  /** The element that a local guard blames for its shape. */
  element?: ElementName;
  /** Who was asked; null when nobody was. */
  provider: ProviderId | null;
  /** The upstream call that the answer is from. */
  attemptId: string | null;
  /** The appliance's own number of that call, or of the question where no call was made; null when nothing was put on record. */
  taskNumber: string | null;
}

/** An answer of a guard that looked at the form of the call only: nothing is put on record, for there is nothing to verify. */
export function answerOfShape(outcome: Outcome, element?: ElementName): ClientAnswer {
  const nothingAsked = { provider: null, attemptId: null, taskNumber: null } as const;
  return { outcome, origin: 'local', charge: 'notCharged', face: null, ...(element && { element }), ...nothingAsked };
}

/** What old clients overlook and new ones may read. */
export function answerHeaders({ attemptId, provider, origin, charge }: ClientAnswer): Record<string, string> {
  return {
    'x-piaoyan-origin': origin,
    'x-piaoyan-charge': charge,
    ...(attemptId !== null && { 'x-piaoyan-attempt': attemptId }),
    ...(provider !== null && { 'x-piaoyan-provider': provider }),
  };
}
