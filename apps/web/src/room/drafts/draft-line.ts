import { ref, type Ref } from 'vue'

export interface DraftWords {
  body: string
  /** ISO instant of the last letter. */
  at: string
}

export interface DraftLine {
  /** Whether what is put away survives the window. */
  keeps: Ref<boolean>
  /** Whether the device has all that was given to it. */
  settled(): boolean
  /** Puts these words away, or with null what was put away before. Of several in a row only the last is written. */
  put(words: DraftWords | null): void
  /** Resolves when the last `put` is done. */
  idle(): Promise<void>
  /** Nothing is put away any more; gives the words that the device does not have. */
  end(): Promise<DraftWords | null>
}

export interface DraftLineParts {
  /** Whether this page can put anything away at all. */
  able: boolean
  /** Resolves when the device has them; `final`: through to the disk. Throws where it keeps nothing. */
  keep(words: DraftWords, final: boolean): Promise<void>
  forget(): Promise<unknown>
}

const restMs = 300

/** Puts the words of one note away on the device, one write at a time; each write has its own words, whatever is typed meanwhile. */
export function draftLine({ able, keep, forget }: DraftLineParts): DraftLine {
  const keeps = ref(able)
  let wanted: DraftWords | null = null
  let kept: DraftWords | null = null
  let lies = false
  let pending = false
  let final = false
  let rest: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  async function write(): Promise<void> {
    while (pending) {
      pending = false
      const now = wanted
      try {
        if (now) {
          lies = true
          await keep(now, final)
        } else if (lies) await forget()
        kept = now
        keeps.value = true
      } catch {
        keeps.value = false // said on the screen; the words are in the window, and on their way to the server
      }
    }
  }
  const go = (strict: boolean): void => {
    final = strict
    pending = true
    running ??= write().finally(() => (running = null))
  }
  const put: DraftLine['put'] = (words) => {
    wanted = words
    if (!able) return
    clearTimeout(rest)
    // Each letter at once; once the hand rests, through to the disk.
    if (words) rest = setTimeout(() => go(true), restMs)
    go(false)
  }
  const idle = async (): Promise<void> => void (await running)
  const end = async (): Promise<DraftWords | null> => {
    clearTimeout(rest)
    await idle()
    return kept === wanted ? null : wanted
  }
  return { keeps, settled: () => running === null && keeps.value, put, idle, end }
}
