import { ref, type Ref } from 'vue'
import { businessNow } from '../../clock.ts'
import { newId } from '../../new-id.ts'
import { type DeviceDraft, forgetDraft, holdDraft, keepDraft } from './device-drafts.ts'
import { canSeal, type DraftKeys, draftKeys } from './draft-keys.ts'

export interface DraftKeeper {
  /** Whether what is typed survives the window: not where the page is not secure, nor where the browser keeps nothing. */
  keeps: Ref<boolean>
  /** Whether the device has all that was given to it. */
  settled(): boolean
  /** Puts these words away, or with null what was put away before. Of several in a row only the last is written. */
  put(body: string | null): void
  /** Resolves when the last `put` is done. */
  idle(): Promise<void>
  /** The window writes here no more: what still lies on the device is offered again from now on. */
  close(): Promise<void>
}

const restMs = 300

/** Keeps on this device what is typed into one note, from its first letter until the server has it. */
export function useDraftKeeper(about: Pick<DeviceDraft, 'encounterId' | 'appointmentId' | 'patient'>): DraftKeeper {
  const id = newId()
  const letGo = holdDraft(id)
  const keeps = ref(canSeal())
  let mine: DraftKeys | null = null // held for the last letters of a session that has ended
  let wanted: Pick<DeviceDraft, 'body' | 'at'> | null = null
  let lies = false
  let pending = false
  let final = false
  let rest: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  async function write(): Promise<void> {
    while (pending) {
      pending = false
      try {
        if (wanted) {
          mine ??= await draftKeys()
          lies = true
          await keepDraft({ id, ...about, ...wanted }, mine, final)
        } else if (lies) await forgetDraft(id)
        keeps.value = true
      } catch {
        keeps.value = false // said on the screen; the words are in the window, and on their way to the server
      }
    }
  }
  const put: DraftKeeper['put'] = (body) => {
    if (!canSeal()) return
    wanted = body === null ? null : { body, at: businessNow().toString() }
    clearTimeout(rest)
    // Each letter at once; once the hand rests, through to the disk.
    if (wanted) rest = setTimeout(() => go(true), restMs)
    go(false)
  }
  const go = (strict: boolean): void => {
    final = strict
    pending = true
    running ??= write().finally(() => (running = null))
  }
  const idle = async (): Promise<void> => void (await running)
  if (canSeal()) void draftKeys().then((keys) => (mine = keys), () => undefined) // before the network may be gone; `write` asks again
  const close = async (): Promise<void> => {
    clearTimeout(rest)
    await idle()
    await letGo()
  }
  return { keeps, settled: () => running === null && keeps.value, put, idle, close }
}
