import type { Ref, ShallowRef } from 'vue'
import type { FormView } from '@yoman/contract/forms'
import type { Inputs } from '@yoman/contract/routes'
import { ApiProblem } from '../request.ts'
import type { Answers, keptAnswers } from './kept-answers.ts'

const retryMs = 4_000

/** A form that is filled in, as its page shows it. */
export interface FormState {
  view: ShallowRef<FormView | undefined>
  answers: Answers
  status: Ref<'quiet' | 'saving' | 'saved' | 'offline'>
  wrong: Record<string, 'missing' | 'wrong'>
  /** It is being handed in. */
  busy: Ref<boolean>
}

export type Ask = <T>(key: 'POST /form-views' | 'PUT /form-answers' | 'POST /form-submissions', body: object) => Promise<T>

interface Parts {
  kept: ReturnType<typeof keptAnswers>
  ask: Ask
  /** The form is not what it was: it is read anew. */
  reload: () => Promise<void>
}

export const sentOf = (answers: Answers): Inputs['PUT /form-answers']['body']['answers'] => Object.entries(answers).map(([fieldId, value]) => ({ fieldId, value }))

/** Sends the answers one sending after the other, each on top of the last, and again where the line was lost. */
export function answerSaver({ view, answers, status, wrong, busy }: FormState, { kept, ask, reload }: Parts) {
  let saves = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  const stop = (): void => clearTimeout(timer)
  function later(ms: number): void {
    stop()
    timer = setTimeout(() => void save(), ms)
  }
  async function save(): Promise<void> {
    stop()
    await running
    if (view.value?.state !== 'open' || busy.value) return
    running = saveOnce()
    await running
    running = null
  }
  async function saveOnce(): Promise<void> {
    const asked = JSON.stringify(answers)
    status.value = 'saving'
    try {
      saves = (await ask<{ saves: number }>('PUT /form-answers', { answers: sentOf(answers), saves })).saves
      status.value = 'saved'
      if (JSON.stringify(answers) === asked) kept.keep(null)
    } catch (error) {
      refused(error)
    }
  }
  function refused(error: unknown): void {
    if (!(error instanceof ApiProblem)) throw error
    const { fieldId, current } = error.params
    if (error.code === 'stale_version' && typeof current === 'number') return (saves = current), later(0) // another window of this browser: the newest answers win
    if (error.code === 'form_closed' || error.status === 404) return void reload()
    if (typeof fieldId === 'string') return (status.value = 'quiet'), void (wrong[fieldId] = error.code === 'form_answer_missing' ? 'missing' : 'wrong')
    status.value = 'offline'
    later(retryMs)
  }
  return { later, save, stop, refused, idle: (): Promise<void> => running ?? Promise.resolve(), goOnFrom: (count: number): void => void (saves = count) }
}
