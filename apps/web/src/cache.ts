import { QueryClient, type Query, type QueryFilters } from '@tanstack/vue-query'
import { ApiProblem } from './request.ts'

/** The one cache. Freshness comes from the live stream, so nothing is fetched again for its age. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 5 * 60_000,
      retry: (count, error) => count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})

/** First reads that will be made again when they are answered. */
const again = new WeakSet<Query>()

/**
 * Marks cached reads as out of date: those on screen are made again, and the promise ends when they are.
 * A first read that is still on its way may have been answered from before the change, and the cache would take that
 * answer for fresh (it calls back later reads alone). It is not called back either, so that a slow screen is filled even
 * while changes rain on it, but made again once its answer is there.
 */
export async function outdate(filters: QueryFilters = {}): Promise<void> {
  for (const query of queryClient.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
    if (query.state.data !== undefined || again.has(query)) continue
    again.add(query)
    const repeat = (): void => void (again.delete(query) && queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true }))
    query.promise?.then(repeat, repeat)
  }
  await queryClient.invalidateQueries(filters)
}
