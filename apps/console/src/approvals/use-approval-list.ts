import type { ApprovalView } from '@app/contracts';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { usePaged, type Paged } from '../api/use-paged';

const PAGE = 20;

/** Proposals, newest first, page by page. */
export function useApprovalList(isOpenOnly: boolean): Paged<ApprovalView> {
  const api = useApi();
  return usePaged(
    useCallback((page) => api.listApprovals({ ...page, ...(isOpenOnly && { state: 'open' as const }) }), [api, isOpenOnly]),
    PAGE,
  );
}
