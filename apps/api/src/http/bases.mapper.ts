import type { BasisView } from '@app/contracts';
import type { KeptBasis } from '@app/receipts';

/** Bases as the API shows them: that one was given, and of which kind, to everybody; what it says only unmasked. */
export function toBasisViews(bases: readonly KeptBasis[], { masked }: { masked: boolean }): BasisView[] {
  return bases.map((basis) => ({
    targetType: basis.targetType,
    targetId: basis.targetId,
    consentReference: partOf(basis.consentReference, basis.isReferenceDefault, masked),
    processingPurpose: partOf(basis.processingPurpose, basis.isPurposeDefault, masked),
    policyVersion: basis.policyVersion,
    givenAt: basis.givenAt.toISOString(),
  }));
}

function partOf(value: string | null, isDefault: boolean, masked: boolean): BasisView['consentReference'] {
  return value === null ? null : { from: isDefault ? 'policy' : 'request', value: masked ? null : value };
}
