import { onBeforeUnmount, watch, type Ref } from 'vue'
import type { Encounter } from '@yoman/contract/encounters'
import { mostNoteLetters, noteLength } from '@yoman/domain/encounters/note'
import { call, renew } from '../api.ts'
import { queryClient } from '../cache.ts'
import { guardLeaving } from '../leave-guard.ts'
import { liveLine } from '../live.ts'
import { newId } from '../new-id.ts'
import { ApiProblem } from '../request.ts'
import { beforeSignOut, me } from '../session.ts'
import { type DraftKeeper, useDraftKeeper } from './drafts/useDraftKeeper.ts'
import { type SaveLine, saveLine } from './save-line.ts'
import { type TextChoices, textChoices } from './text-choices.ts'

const pauseMs = 800
const mostMs = 2_500 // whoever types on and on is saved as well
const againMs = 4_000
const signOutMs = 3_000

export interface Autosave extends Omit<SaveLine, 'standOn'>, TextChoices {
  keeps: DraftKeeper['keeps']
  /** Resolves when what is typed lies on the device, or the server has it. */
  kept(): Promise<void>
  /** Puts words into a note that nobody has written in; they are saved with the first letter that is typed to them. */
  begin(words: string): void
  /** Asks for what another window has saved, and takes it over; nothing where something is typed here. */
  catchUp(): Promise<void>
  takeNewer(newest: Encounter['note']): void
}

/**
 * Every letter is put away on this device at once, every pause (and every two seconds and a half of typing) becomes a version
 * on the server, and what the server has is taken off the device.
 */
export function useAutosave(encounter: Encounter, text: Ref<string>, patient: string): Autosave {
  const keeper = useDraftKeeper({ encounterId: encounter.id, appointmentId: encounter.appointmentId, patient })
  const params = { id: encounter.id }
  const look = async (): Promise<Encounter['note']> => {
    const now = await call('GET /encounters/:id', { params })
    queryClient.setQueryData(['GET /encounters/:id', { params }], now)
    return now.note
  }
  const line = saveLine({
    text,
    first: { seq: encounter.note?.seq ?? 0, body: encounter.note?.body ?? '' },
    send: async (baseSeq, body) => {
      const length = noteLength(body) // what the server would say, without the way there and back at each pause
      if (length > mostNoteLetters) throw new ApiProblem(422, 'note_too_long', { length, most: mostNoteLetters })
      const written = await call('PUT /encounters/:id/draft', { params, body: { baseSeq, body } })
      remember(encounter.id, { ...written, kind: 'draft', body, authorId: me.value?.staffId ?? '' })
      return written
    },
    look,
    mine: () => me.value?.staffId,
    onSaved: (body) => body === text.value && keeper.put(null),
    onFailed: (error) => {
      if (line.state.value === 'signed') renew('GET /encounters/:id', 'GET /room-days')
      else if (!(error instanceof ApiProblem && error.code === 'note_too_long')) timing.again() // no later time makes it shorter
    },
  })
  const timing = useTiming(text, line, keeper)
  const choices = textChoices({
    line,
    text,
    aside: (body) => call('POST /encounters/:id/asides', { params, body: { id: newId(), body } }),
    onClean: () => keeper.put(null),
  })

  /** Nothing is taken over while something is typed here. */
  function takeNewer(newest: Encounter['note']): void {
    if (!line.clean() || newest === null || newest.seq <= line.seq.value) return
    line.standOn(newest.seq, newest.body)
    text.value = newest.body
  }
  const catchUp = async (): Promise<void> => (line.clean() ? takeNewer(await look()) : undefined)
  const begin = (words: string): void => {
    line.standOn(line.seq.value, words)
    text.value = words
  }
  return { ...line, ...choices, begin, takeNewer, keeps: keeper.keeps, kept: keeper.idle, catchUp }
}

/** What was read of it is out of date with each save; whoever comes back to the note within the minute goes on from here. */
function remember(id: string, note: NonNullable<Encounter['note']>): void {
  queryClient.setQueryData<Encounter>(['GET /encounters/:id', { params: { id } }], (read) => read && { ...read, note })
}

/** When to put away and when to save: at each letter, at each pause, when the network is back, and before everything ends. */
function useTiming(text: Ref<string>, line: SaveLine, keeper: DraftKeeper): { again(): unknown } {
  let pause: ReturnType<typeof setTimeout> | undefined
  let most: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    clearTimeout(pause)
    clearTimeout(most)
    most = undefined
    void line.flush()
  }
  const within = (ms: number): void => {
    clearTimeout(pause)
    pause = setTimeout(flush, ms)
  }
  watch(text, (typed) => {
    if (line.clean()) return keeper.put(null)
    keeper.put(typed)
    if (line.state.value === 'saved' || line.state.value === 'failed') line.state.value = 'typing'
    within(pauseMs)
    most ??= setTimeout(flush, mostMs)
  }, { flush: 'sync' })

  const stop = new AbortController()
  addEventListener('online', flush, { signal: stop.signal })
  watch(liveLine, flush) // the server is back
  document.addEventListener('visibilitychange', () => document.hidden && flush(), { signal: stop.signal })
  guardLeaving(() => !line.clean() && !keeper.settled())
  const forget = beforeSignOut(() => Promise.race([line.flush(), new Promise((resolve) => setTimeout(resolve, signOutMs))]))
  onBeforeUnmount(() => {
    stop.abort()
    forget()
    clearTimeout(pause)
    clearTimeout(most)
    void line.flush().then(keeper.close)
  })
  return { again: () => stop.signal.aborted || within(againMs) }
}
