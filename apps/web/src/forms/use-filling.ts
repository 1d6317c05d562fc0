import { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef } from 'vue'
import type { FormView } from '@yoman/contract/forms'
import type { Inputs } from '@yoman/contract/routes'
import type { Tongue } from '@yoman/domain/fields/field'
import { ApiProblem, buildRequest, send } from '../request.ts'
import { answerSaver, type Ask, type FormState, sentOf } from './answer-saver.ts'
import { type Answers, keptAnswers } from './kept-answers.ts'

const pauseMs = 700

export type Filling = ReturnType<typeof useFilling>

/**
 * A form as its link opens it, filled in without a session. Each pause keeps what was answered, on the server and, until the server has
 * it, in this browser; a lost connection is told and tried again. The link ends with `.here` on a device of the clinic.
 */
export function useFilling() {
  const { kept, ask } = openedByLink()
  const trouble = ref<'unknown' | 'unreachable' | null>(null)
  const form: FormState = { view: shallowRef<FormView>(), answers: reactive<Answers>({}), status: ref('quiet'), wrong: reactive({}), busy: ref(false) }
  const { view, answers, status, wrong, busy } = form
  const saver = answerSaver(form, { kept, ask, reload: load })

  async function load(): Promise<void> {
    trouble.value = null
    try {
      showIn(form, await ask<FormView>('POST /form-views', {}), kept, saver)
    } catch (error) {
      trouble.value = error instanceof ApiProblem && (error.status === 404 || error.status === 400 || error.status === 429) ? 'unknown' : 'unreachable'
    }
  }

  function answer(fieldId: string, value: Answers[string]): void {
    answers[fieldId] = value
    delete wrong[fieldId]
    kept.keep({ ...answers })
    saver.later(pauseMs)
  }

  /** Hands it in. False where something is missing: `wrong` says where. */
  async function handIn(language: Tongue, signature: Inputs['POST /form-submissions']['body']['signature']): Promise<boolean> {
    busy.value = true
    saver.stop()
    try {
      await saver.idle()
      const done = await ask<FormView>('POST /form-submissions', { language, answers: sentOf(answers), signature })
      kept.forget()
      view.value = done
      return true
    } catch (error) {
      saver.refused(error)
      return false
    } finally {
      busy.value = false
    }
  }

  onMounted(() => void load())
  saveWhenLeft(() => kept.unsent() !== null, saver)
  return { view, trouble, answers, status, wrong, busy, answer, handIn, load, missing: computed(() => missingIn(view.value, answers)) }
}

/** Shows a form as the server has it, with what this browser has not sent yet over it: that is sent now. */
function showIn({ view, answers }: FormState, seen: FormView, kept: ReturnType<typeof keptAnswers>, saver: ReturnType<typeof answerSaver>): void {
  saver.goOnFrom(seen.saves)
  for (const { fieldId, value } of seen.answers) answers[fieldId] = value
  const unsent = kept.unsent()
  if (unsent && seen.state === 'open') Object.assign(answers, unsent)
  view.value = seen
  if (unsent && seen.state === 'open') saver.later(0)
  if (seen.state !== 'open') kept.forget()
}

/** What the link of the form says: which form, and whether it is filled in at the clinic. */
function openedByLink(): { kept: ReturnType<typeof keptAnswers>; ask: Ask } {
  const [token = '', place = ''] = location.hash.slice(1).split('.')
  const kept = keptAnswers(token, place === 'here')
  const link = { token, device: kept.device }
  async function ask<T>(key: Parameters<Ask>[0], body: object): Promise<T> {
    const { url, init } = buildRequest(key, { body: { ...link, ...body } }, {})
    return (await (await send(url, init)).json()) as T // as the contract says
  }
  return { kept, ask }
}

/** Sends what is not sent yet when the page is put away, and when the line is back. */
function saveWhenLeft(isUnsent: () => boolean, { save, stop }: Pick<ReturnType<typeof answerSaver>, 'save' | 'stop'>): void {
  const onHide = (): void => void (document.visibilityState === 'hidden' && isUnsent() && save())
  onMounted(() => {
    addEventListener('online', save)
    document.addEventListener('visibilitychange', onHide)
  })
  onBeforeUnmount(() => {
    stop()
    removeEventListener('online', save)
    document.removeEventListener('visibilitychange', onHide)
  })
}

const missingIn = (view: FormView | undefined, answers: Answers): string[] =>
  (view?.content?.items ?? []).flatMap((item) => (item.kind === 'field' && item.required && isEmpty(answers[item.field.id]) ? [item.field.id] : []))

const isEmpty = (value: Answers[string] | undefined): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
