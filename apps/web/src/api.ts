import { useMutation, useQuery, type UseMutationReturnType, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { RouteKey } from '@yoman/contract/routes'
import { outdate, queryClient } from './cache.ts'
import { ApiProblem, buildRequest, contentOf, send, type Answer, type Input } from './request.ts'
import { refresh, token } from './session.ts'

type ReadKey = Extract<RouteKey, `GET ${string}`>

/** One call of the API, typed by its contract. Throws `ApiProblem`. An access token that ran out is renewed once. */
export async function call<K extends RouteKey>(key: K, input: Input<K>, signal?: AbortSignal): Promise<Answer<K>> {
  const attempt = (): Promise<Response> => {
    const { url, init } = buildRequest(key, input, { authorization: `Bearer ${token() ?? ''}` })
    return send(url, signal ? { ...init, signal } : init)
  }
  return (await contentOf(await withRefresh(attempt))) as Answer<K> // the server serialises by the same contract
}

/** Sends a form with files; `key` must be a route that takes one. */
export async function upload<K extends RouteKey>(key: K, input: Input<K>, form: FormData): Promise<Answer<K>> {
  const attempt = (): Promise<Response> => {
    const { url, init } = buildRequest(key, input, { authorization: `Bearer ${token() ?? ''}` })
    return send(url, { ...init, body: form })
  }
  return (await contentOf(await withRefresh(attempt))) as Answer<K> // the server serialises by the same contract
}

async function withRefresh(attempt: () => Promise<Response>): Promise<Response> {
  if (token() === null && !(await refresh())) throw new ApiProblem(401, 'unauthenticated')
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401 || !(await refresh())) throw error
    return attempt()
  }
}

interface ReadOptions {
  enabled?: MaybeRefOrGetter<boolean>
  /** Show the last answer while the next one is on its way (paging, another day). */
  keep?: boolean
}

/** A read that renews itself when its input or the live stream says so. Cached under `[key, input]`. */
export function useRead<K extends ReadKey>(key: K, input: MaybeRefOrGetter<Input<K>>, options: ReadOptions = {}): UseQueryReturnType<Answer<K>, Error> {
  return useQuery<Answer<K>>({
    queryKey: computed(() => [key, toValue(input)]),
    queryFn: ({ signal }: { signal: AbortSignal }) => call(key, toValue(input), signal),
    enabled: computed(() => toValue(options.enabled) ?? true),
    shallow: true, // answers are replaced, never changed: watching their every field made a day's turn a third slower
    ...(options.keep ? { placeholderData: (last: Answer<K> | undefined) => last } : {}),
  } as never) as UseQueryReturnType<Answer<K>, Error> // the library's types do not follow a generic key
}

/** Reads into the cache what will probably be wanted next; a failure is left to whoever wants it then. */
export function prefetch<K extends ReadKey>(key: K, input: Input<K>): void {
  void queryClient.prefetchQuery({ queryKey: [key, input], queryFn: ({ signal }) => call(key, input, signal) })
}

/** A write; afterwards every cached read of the `stale` routes is fetched again where it is on screen. */
export function useWrite<K extends RouteKey>(key: K, stale: readonly ReadKey[] = []): UseMutationReturnType<Answer<K>, Error, Input<K>, unknown> {
  return useMutation<Answer<K>, Error, Input<K>>({
    mutationFn: (input) => call(key, input),
    onSettled: () => Promise.all(stale.map((route) => outdate({ queryKey: [route] }))),
  })
}

/** Marks every cached read of these routes as out of date. */
export const renew = (...routes: ReadKey[]): void => {
  for (const route of routes) void outdate({ queryKey: [route] })
}
