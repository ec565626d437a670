import { useRouteError } from 'react-router';
import { StateView } from '../ui';

/** What stands in for a page that failed to show, or whose code could not be fetched. */
export function CrashPage() {
  const error = useRouteError();
  return (
    <StateView kind="error" page error={error} safe="" onRetry={() => window.location.reload()} />
  );
}
