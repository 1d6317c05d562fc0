import { readonly, ref } from 'vue'
import type { LiveNotice } from '@yoman/contract/live'
import { outdate } from './cache.ts'
import { setBusinessNow } from './clock.ts'
import { staleRoutes } from './live-routes.ts'
import { newId } from './new-id.ts'
import { refresh, token } from './session.ts'
import { eventReader } from './sse.ts'

/*
 * What others do, as it happens: a stream of event names and ids (never contents). It marks the cached reads that are
 * out of date, and those on screen are fetched again. EventSource cannot send our token, so the stream is read by fetch.
 */
type Listener = (notice: LiveNotice) => void

const silentMs = 45_000 // the server beats every 15 seconds; three missed beats mean that the line is dead
const lost = ref(false)
const listeners = new Set<Listener>()
/** Ends the present connection, or the pause before the next try. */
let cut = (): void => undefined
const line = ref('')
export const connectionLost = readonly(lost)

/** The name of the stream that is open now; empty before the first. What is told under it ends with it. */
export const liveLine = readonly(line)

/** Hears every event until the returned function is called. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Keeps the stream open until the returned function is called. */
export function startLive(): () => void {
  const stop = new AbortController()
  const { signal } = stop
  // The browser knows first; a line that only looks open is not waited for.
  addEventListener('offline', () => (cut(), (lost.value = true)), { signal })
  addEventListener('online', () => cut(), { signal })
  void keepOpen(signal)
  return () => stop.abort()
}

async function keepOpen(stop: AbortSignal): Promise<void> {
  let failures = 0
  while (!stop.aborted) {
    try {
      await listen(stop, () => {
        catchUp()
        failures = 0
        lost.value = false
      })
    } catch {
      failures += 1 // whatever broke the line, the answer is the same: say so, wait, try again
    }
    if (stop.aborted) return
    lost.value = failures > 1 || !navigator.onLine
    await pause(Math.min(15_000, 500 * 2 ** failures) * (0.7 + 0.6 * Math.random()), stop)
  }
}

async function listen(stop: AbortSignal, opened: () => void): Promise<void> {
  const dead = new AbortController()
  cut = () => dead.abort()
  const name = newId()
  const response = await fetch(`/api/live?line=${name}`, { headers: { authorization: `Bearer ${token() ?? ''}`, accept: 'text/event-stream' }, cache: 'no-store', signal: AbortSignal.any([stop, dead.signal]) })
  if (response.status === 401) return void (await refresh())
  if (!response.ok || !response.body) throw new Error(`live stream: ${response.status}`)
  line.value = name
  opened()
  const read = eventReader()
  let timer = setTimeout(() => dead.abort(), silentMs)
  for await (const piece of pieces(response.body)) {
    clearTimeout(timer)
    timer = setTimeout(() => dead.abort(), silentMs)
    for (const { data } of read(piece)) take(JSON.parse(data) as LiveNotice) // our own server's form
  }
  clearTimeout(timer)
}

async function* pieces(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
}

function take(notice: LiveNotice): void {
  setBusinessNow(notice.now)
  if (notice.name === 'clock.moved') return catchUp()
  for (const listener of listeners) listener(notice)
  for (const key of staleRoutes(notice.name)) void outdate({ queryKey: [key] })
}

/** Anything may have happened while there was no line, also before the first: of what was read by then, or is on its way, nobody told what changed meanwhile. */
const catchUp = (): void => void outdate()

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    cut = () => (clearTimeout(timer), resolve())
    stop.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
