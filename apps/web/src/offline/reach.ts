import { readonly, ref } from 'vue'
import { ApiProblem } from '../request.ts'

const betweenMs = 3_000
const away = ref(false)
let goOn = (): void => undefined

/** Whether a page cannot begin because the server is not reached. */
export const unreachable = readonly(away)

/** Does `work` until the server is reached, every few seconds and as soon as the network is back; any other failure is thrown. */
export async function whenReachable<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const result = await work()
      away.value = false
      return result
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === 'unreachable')) throw error
    }
    away.value = true
    await pause()
  }
}

/** The next try, now. */
export const tryNow = (): void => goOn()

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => goOn(), betweenMs)
    goOn = () => {
      clearTimeout(timer)
      resolve()
    }
  })

addEventListener('online', () => goOn())
