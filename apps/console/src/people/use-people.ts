import type { DepartmentView, UserView } from '@app/contracts';
import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';

const PAGE = 100;

/** Users by login, page by page, and the departments. */
export interface People {
  readonly users: readonly UserView[] | null;
  readonly departments: readonly DepartmentView[];
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  readonly reload: () => void;
  readonly loadMore: () => Promise<void>;
  readonly replace: (user: UserView) => void;
}

export function usePeople(): People {
  const api = useApi();
  const [users, setUsers] = useState<readonly UserView[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [departments, setDepartments] = useState<readonly DepartmentView[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const watch = { isOver: false };
    void Promise.all([api.listUsers({ limit: PAGE }), api.listDepartments()]).then(([people, places]) => {
      if (watch.isOver) return;
      setFailure(people.ok ? (places.ok ? null : places.failure) : people.failure);
      if (places.ok) setDepartments(places.value.items);
      if (!people.ok) return;
      setUsers(people.value.items);
      setNext(people.value.next);
    });
    return () => {
      watch.isOver = true;
    };
  }, [api, round]);

  const loadMore = async (): Promise<void> => {
    if (next === null) return;
    const answer = await api.listUsers({ limit: PAGE, after: next });
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setUsers((before) => [...(before ?? []), ...answer.value.items]);
    setNext(answer.value.next);
  };

  return {
    users,
    departments,
    failure,
    hasMore: next !== null,
    reload: () => setRound(round + 1),
    loadMore,
    replace: useCallback((user: UserView) => setUsers((before) => before?.map((one) => (one.id === user.id ? user : one)) ?? null), []),
  };
}
