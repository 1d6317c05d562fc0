import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { WaitingRoom } from '@yoman/contract/waiting-rooms'
import { businessNow, setBusinessNow } from '../clock.ts'
import { setLanguage } from '../i18n.ts'
import { ApiProblem, buildRequest, send } from '../request.ts'

const everyMs = 5_000

/**
 * What the screen of the link's secret shows, asked for every five seconds. It needs no session and survives everything: after a
 * failure the last answer stays, with the time it is from (`lostAt`), until there is a newer one.
 */
export function useWaitingRoom() {
  const room = shallowRef<WaitingRoom>()
  const lostAt = ref<string | null>(null)
  const invalid = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function ask(): Promise<void> {
    const secret = location.hash.slice(1)
    const { url, init } = buildRequest('POST /waiting-room-views', { body: { secret } }, {})
    try {
      const seen = (await (await send(url, { ...init, signal: AbortSignal.timeout(everyMs * 2) })).json()) as WaitingRoom // as the contract says
      setBusinessNow(seen.now)
      if (seen.language !== room.value?.language) await setLanguage(seen.language)
      room.value = seen
      lostAt.value = null
      invalid.value = false
    } catch (error) {
      // Whatever else broke the line, the answer is the same: say so and try again.
      invalid.value = error instanceof ApiProblem && (error.status === 410 || error.status === 400)
      if (invalid.value) room.value = undefined
      else lostAt.value ??= room.value?.now ?? businessNow().toString()
    }
    if (!stopped) timer = setTimeout(() => void ask(), everyMs)
  }
  const again = (): void => {
    clearTimeout(timer)
    void ask()
  }

  onMounted(() => {
    void ask()
    addEventListener('hashchange', again)
    addEventListener('online', again)
  })
  onBeforeUnmount(() => {
    stopped = true
    clearTimeout(timer)
    removeEventListener('hashchange', again)
    removeEventListener('online', again)
  })
  return { room, lostAt, invalid }
}
