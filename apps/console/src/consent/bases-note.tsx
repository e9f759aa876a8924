import type { BasisView } from '@app/contracts';
import { Tag } from 'antd';
import { useI18n } from '../i18n/i18n-context';

/** By what right and what for: that it was given, by whom, and what it says to whoever may see it. */
export function BasesNote({ bases }: { bases: readonly BasisView[] | undefined }) {
  const { t } = useI18n();
  if (bases === undefined || bases.length === 0) return null;
  return (
    <div aria-label={t('consent.basis')} data-bases={bases.length}>
      {bases.map(({ targetType, targetId, consentReference, processingPurpose }) => (
        <div key={`${targetType} ${targetId}`} data-basis-of={targetType}>
          {consentReference && (
            <Tag>
              {t(`consent.reference.${consentReference.from}`)} {consentReference.value}
            </Tag>
          )}
          {processingPurpose && (
            <Tag>
              {t(`consent.purpose.${processingPurpose.from}`)} {processingPurpose.value}
            </Tag>
          )}
        </div>
      ))}
    </div>
  );
}
