import { readonly, ref, watch } from 'vue'
import { signedIn } from '../session.ts'

/*
 * The worker that keeps the shell (shell-worker/worker.js). A new version is offered, never forced: it is there after the
 * next reload, whenever that is.
 */
const firstMs = 3_000 // the first screen comes before
const lookMs = 60 * 60_000
const ready = ref(false)

/** The server has a newer version than the one that runs here. */
export const newVersion = readonly(ready)

export function startShell(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return
  watch(signedIn, (here) => here && setTimeout(() => void register(), firstMs), { immediate: true })
}

let looking: ReturnType<typeof setInterval> | undefined

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => null) // without it all works, but for a reload without a network
  if (!registration) return
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => coming.state === 'installed' && registration.active && void compare(coming))
  })
  if (registration.waiting) void compare(registration.waiting)
  clearInterval(looking)
  looking = setInterval(() => registration.update().catch(() => undefined), lookMs) // no network: the next hour
}

/** This page may itself be of the version that waits. */
async function compare(waiting: ServiceWorker): Promise<void> {
  const mine = document.querySelector<HTMLScriptElement>('script[type=module][src]')
  if (!mine) return
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise<boolean>((resolve) => (port1.onmessage = ({ data }) => resolve(data === true)))
  waiting.postMessage(new URL(mine.src).pathname, [port2])
  if (!(await answered)) ready.value = true
}
