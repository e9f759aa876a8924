import type { BillFilter } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import type { Language } from '../i18n/language';

export type ExportFormat = 'xlsx' | 'csv';

/** Handing the bills that were found out as a file. */
export interface BillExport {
  /** Which one is being made. */
  readonly making: ExportFormat | null;
  readonly failure: Failure | null;
  /** True when the file was handed to the browser. */
  readonly save: (format: ExportFormat) => Promise<boolean>;
}

export function useExport(filters: BillFilter, language: Language): BillExport {
  const api = useApi();
  const [making, setMaking] = useState<ExportFormat | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const save = async (format: ExportFormat): Promise<boolean> => {
    setMaking(format);
    setFailure(null);
    const answer = await api.exportBills({ ...filters, format, language });
    setMaking(null);
    if (answer.ok) handOut(answer.value, `piaoyan-ledger.${format}`);
    else setFailure(answer.failure);
    return answer.ok;
  };

  return { making, failure, save };
}

/** A link would ask without the key, so the file was fetched and is given from memory. */
function handOut(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the bytes once the click was handled.
  window.setTimeout(() => URL.revokeObjectURL(url));
}
