import { useId, type ReactElement, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n-context';
import type { SearchFault } from './bill-search-form';
import styles from './search-field.module.css';

interface Props {
  label: string;
  /** How much room it takes: a text twice that of a value, a range twice where it is narrow. */
  width?: 'value' | 'range' | 'text';
  faults?: readonly (SearchFault | undefined)[];
  /** Draws the control; `id` ties it to the label, `faultId` to what is wrong with it. */
  children: (ids: { id: string; faultId: string }) => ReactElement;
}

/** A labelled field of the search, with what is wrong with it beneath. */
export function SearchField({ label, width = 'value', faults = [], children }: Props): ReactNode {
  const { t } = useI18n();
  const id = useId();
  const faultId = `${id}-fault`;
  const [fault] = faults.filter((one) => one !== undefined);
  return (
    <div className={styles.field} data-width={width}>
      <label htmlFor={id}>{label}</label>
      {children({ id, faultId })}
      {fault && (
        <div id={faultId} role="alert" className={styles.fault}>
          {t(`ledger.fault.${fault}`)}
        </div>
      )}
    </div>
  );
}
