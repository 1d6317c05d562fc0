import { computed, onBeforeUnmount, shallowRef, watch, type Ref } from 'vue'
import { call } from '../api.ts'
import { businessNow, nowMs } from '../clock.ts'
import { liveLine, onLive } from '../live.ts'
import { newId } from '../new-id.ts'
import { afterNotice, type Present, stillThere } from './presence.ts'

const tab = newId() // this window, as long as it is open
const signOfLifeMs = 60_000
const stoppedMs = 4_000 // without a letter: no longer writing

/**
 * Tells the others who are in this note that we are, and knows of them. It runs over the live stream: when a window closes, its
 * stream ends, and the server says so at once. `seq` is the version that our text stands on.
 */
export function usePresence(encounterId: string, text: Ref<string>, seq: Ref<number>): { others: Ref<readonly Present[]> } {
  const since = businessNow().toString()
  const others = shallowRef<readonly Present[]>([])
  const writing = shallowRef(false)
  const tell = (doing: 'reading' | 'writing' | 'left', asks = false): void => {
    if (liveLine.value === '') return
    const body = { tab, line: liveLine.value, doing, since, seq: seq.value, asks }
    // Not told now is told with the next sign of life; nothing of the note depends on it.
    call('PUT /encounters/:id/presence', { params: { id: encounterId }, body }).catch(() => undefined)
  }
  const now = (asks = false): void => tell(writing.value ? 'writing' : 'reading', asks)

  const stopHearing = onLive((notice) => {
    others.value = afterNotice(others.value, notice, { encounterId, tab, nowMs: nowMs.value })
    const { presence } = notice
    if (presence && 'asks' in presence && presence.asks && notice.id === encounterId && presence.tab !== tab) now()
  })
  // A new stream: what was said on the one before may be lost, and ours has ended with it.
  watch(liveLine, () => (others.value = [], now(true)), { immediate: true })
  watch(nowMs, (ms) => (others.value = stillThere(others.value, ms)))
  watch([writing, seq], () => now())

  let stopped: ReturnType<typeof setTimeout> | undefined
  watch(text, () => {
    writing.value = true
    clearTimeout(stopped)
    stopped = setTimeout(() => (writing.value = false), stoppedMs)
  })
  const beat = setInterval(now, signOfLifeMs)
  onBeforeUnmount(() => {
    stopHearing()
    clearTimeout(stopped)
    clearInterval(beat)
    tell('left')
  })
  return { others: computed(() => others.value) }
}
