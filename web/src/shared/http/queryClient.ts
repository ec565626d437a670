import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './apiError';

const mayPass = (error: Error) =>
  error instanceof ApiError && (error.status === 0 || error.status >= 502);

/** Called with every 401 but the session's own, so that an ended session is noticed everywhere. */
export type OnSignedOut = () => void;

/** Reads are repeated twice when the network or a restart may be to blame; writes never. */
export function createQueryClient(onSignedOut: OnSignedOut): QueryClient {
  const notice = (error: Error) => {
    if (error instanceof ApiError && error.code === 'auth.required') onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: notice }),
    mutationCache: new MutationCache({ onError: notice }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && mayPass(error),
        retryDelay: (failure) => Math.min(1000 * 2 ** failure, 4000),
        staleTime: 10_000,
      },
      mutations: { retry: false },
    },
  });
}
