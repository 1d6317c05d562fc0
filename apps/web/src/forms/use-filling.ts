import { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef } from 'vue'
import type { FormView } from '@yoman/contract/forms'
import type { Inputs } from '@yoman/contract/routes'
import type { Tongue } from '@yoman/domain/fields/field'
import { ApiProblem, buildRequest, send } from '../request.ts'
import { type Answers, keptAnswers } from './kept-answers.ts'

const pauseMs = 700
const retryMs = 4_000

export type Filling = ReturnType<typeof useFilling>

/**
 * A form as its link opens it, filled in without a session. Each pause keeps what was answered, on the server and, until the server has
 * it, in this browser; a lost connection is told and tried again. The link ends with `.here` on a device of the clinic.
 */
export function useFilling() {
  const [token = '', place = ''] = location.hash.slice(1).split('.')
  const kept = keptAnswers(token, place === 'here')
  const view = shallowRef<FormView>()
  const trouble = ref<'unknown' | 'unreachable' | null>(null)
  const answers = reactive<Answers>({})
  const status = ref<'quiet' | 'saving' | 'saved' | 'offline'>('quiet')
  const wrong = reactive<Record<string, 'missing' | 'wrong'>>({})
  const busy = ref(false)
  let saves = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  const link = { token, device: kept.device }
  const sent = (): Inputs['PUT /form-answers']['body']['answers'] => Object.entries(answers).map(([fieldId, value]) => ({ fieldId, value }))
  async function ask<T>(key: 'POST /form-views' | 'PUT /form-answers' | 'POST /form-submissions', body: object): Promise<T> {
    const { url, init } = buildRequest(key, { body: { ...link, ...body } }, {})
    return (await (await send(url, init)).json()) as T // as the contract says
  }

  async function load(): Promise<void> {
    trouble.value = null
    try {
      const seen = await ask<FormView>('POST /form-views', {})
      saves = seen.saves
      for (const { fieldId, value } of seen.answers) answers[fieldId] = value
      const unsent = kept.unsent()
      if (unsent && seen.state === 'open') Object.assign(answers, unsent)
      view.value = seen
      if (unsent && seen.state === 'open') later(0)
      if (seen.state !== 'open') kept.forget()
    } catch (error) {
      trouble.value = error instanceof ApiProblem && (error.status === 404 || error.status === 400 || error.status === 429) ? 'unknown' : 'unreachable'
    }
  }

  function answer(fieldId: string, value: Answers[string]): void {
    answers[fieldId] = value
    delete wrong[fieldId]
    kept.keep({ ...answers })
    later(pauseMs)
  }
  function later(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), ms)
  }
  async function save(): Promise<void> {
    clearTimeout(timer)
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
      saves = (await ask<{ saves: number }>('PUT /form-answers', { answers: sent(), saves })).saves
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
    if (error.code === 'form_closed' || error.status === 404) return void load()
    if (typeof fieldId === 'string') return (status.value = 'quiet'), void (wrong[fieldId] = error.code === 'form_answer_missing' ? 'missing' : 'wrong')
    status.value = 'offline'
    later(retryMs)
  }

  /** Hands it in. False where something is missing: `wrong` says where. */
  async function handIn(language: Tongue, signature: Inputs['POST /form-submissions']['body']['signature']): Promise<boolean> {
    busy.value = true
    clearTimeout(timer)
    try {
      await running
      const done = await ask<FormView>('POST /form-submissions', { language, answers: sent(), signature })
      kept.forget()
      view.value = done
      return true
    } catch (error) {
      refused(error)
      return false
    } finally {
      busy.value = false
    }
  }

  const onHide = (): void => void (document.visibilityState === 'hidden' && kept.unsent() && save())
  onMounted(() => {
    void load()
    addEventListener('online', save)
    document.addEventListener('visibilitychange', onHide)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    removeEventListener('online', save)
    document.removeEventListener('visibilitychange', onHide)
  })
  return { view, trouble, answers, status, wrong, busy, answer, handIn, load, missing: computed(() => (view.value?.content?.items ?? []).flatMap((item) => (item.kind === 'field' && item.required && isEmpty(answers[item.field.id]) ? [item.field.id] : []))) }
}

const isEmpty = (value: Answers[string] | undefined): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
