import { useMemo, useSyncExternalStore } from 'react';
import { hashOf, parseRoute, type Route } from './route';

/** The present route. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => window.location.hash,
  );
  return useMemo(() => parseRoute(hash), [hash]);
}

/** Goes to a route; going back leads here again. */
export function goTo(route: Route): void {
  window.location.hash = hashOf(route);
}
