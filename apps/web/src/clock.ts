import { readonly, ref } from 'vue'
import { instantFromMs, instant, type Instant } from '@yoman/domain/time'

/** The only file of the client that reads a clock. The business clock is the server's: in the demo it is moved. */
let aheadMs = 0
const now = ref(0)

const tick = (): void => {
  now.value = Date.now() + aheadMs
}
tick()

/** Follows the server's business clock; `serverNow` is an instant it has just told. */
export function setBusinessNow(serverNow: string): void {
  aheadMs = instant(serverNow).epochMilliseconds - Date.now()
  tick()
}

export const businessNow = (): Instant => instantFromMs(Date.now() + aheadMs)

/** Milliseconds of the business clock, renewed every ten seconds: for now-lines and running minutes. */
export const nowMs = readonly(now)

/** Starts the ticking; called once by main. */
export const startClock = (): void => {
  setInterval(tick, 10_000)
}
