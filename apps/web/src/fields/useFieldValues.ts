import { computed, type ComputedRef, reactive, ref, type Ref } from 'vue'
import type { Field, FieldValueNow } from '@yoman/contract/fields'
import type { FieldSubject } from '@yoman/domain/fields/field'
import { call, renew, useRead } from '../api.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { ApiProblem } from '../request.ts'
import { announce } from '../ui/announcer.ts'
import { valueWords } from './field-words.ts'

type Value = FieldValueNow['value']
interface Typed {
  value: Value
  /** What it stands on. */
  version: number
}

const routes = {
  patient: { read: 'GET /patients/:id/fields', write: 'PUT /patients/:id/fields' },
  visit: { read: 'GET /appointments/:id/fields', write: 'PUT /appointments/:id/fields' },
  note: { read: 'GET /encounters/:id/fields', write: 'PUT /encounters/:id/fields' },
} as const

export interface FieldValues {
  /** What the reader may see: open fields, and closed ones that have a value. */
  fields: ComputedRef<Field[]>
  loaded: ComputedRef<boolean>
  error: ComputedRef<Error | null>
  valueOf(field: Field): Value
  now(fieldId: string): FieldValueNow | undefined
  type(field: Field, value: Value): void
  /** It is to be answered now, and nothing was typed yet. */
  isAsked(field: Field): boolean
  /** Says that what stands is still so. */
  confirm(field: Field): Promise<void>
  /** Something was typed that is not saved. */
  changed: ComputedRef<boolean>
  /** What is wrong with one field, and with all of them. */
  wrong: Record<string, string>
  problem: Ref<string>
  busy: Ref<boolean>
  /** False where it was refused; what was typed stays. */
  save(): Promise<boolean>
  refetch(): void
}

/** Values of one patient, visit or note with what was typed over them; others may write meanwhile, and nothing typed is lost by it. */
export function useFieldValues(subject: FieldSubject, id: () => string): FieldValues {
  const { read, write } = routes[subject]
  const definitions = useRead('GET /fields', {})
  const values = useRead(read, () => ({ params: { id: id() } }))
  const now = (fieldId: string): FieldValueNow | undefined => values.data.value?.items.find((one) => one.fieldId === fieldId)
  const { typed, valueOf, put, settle } = useTyped(now)
  const wrongs = useWrongs({ typed, now, fieldOf: (fieldId) => definitions.data.value?.items.find((field) => field.id === fieldId), refetch: values.refetch })
  const busy = ref(false)

  const isAsked = (field: Field): boolean => !typed.has(field.id) && (values.data.value?.asked.includes(field.id) ?? false)
  function type(field: Field, value: Value): void {
    wrongs.forget(field.id)
    put(field.id, value)
  }
  const save = (): Promise<boolean> => send([...typed])
  async function confirm(field: Field): Promise<void> {
    const { value = null, version = 0 } = now(field.id) ?? {}
    if (await send([[field.id, { value, version }]])) announce(t('fields.saved'))
  }
  async function send(sent: readonly [string, Typed][]): Promise<boolean> {
    busy.value = true
    try {
      await call(write, { params: { id: id() }, body: { values: sent.map(([fieldId, one]) => ({ fieldId, ...one })) } })
      await values.refetch()
      for (const [fieldId, one] of sent) settle(fieldId, one)
      return true
    } catch (error) {
      await wrongs.refused(error)
      return false
    } finally {
      busy.value = false
      renew(read, 'GET /patients/:id', 'GET /appointments/:id')
    }
  }
  const fields = computed(() => (definitions.data.value?.items ?? []).filter((field) => field.subject === subject && field.sees && (!field.retired || (now(field.id)?.value ?? null) !== null)))
  const error = computed(() => definitions.error.value ?? values.error.value)
  const loaded = computed(() => definitions.data.value !== undefined && values.data.value !== undefined)
  const refetch = (): void => void Promise.all([definitions.refetch(), values.refetch()])
  return { fields, loaded, error, valueOf, now, type, isAsked, confirm, changed: computed(() => typed.size > 0), wrong: wrongs.wrong, problem: wrongs.problem, busy, save, refetch }
}

/** What was typed over the values that are kept, by field, each with the version that it stands on. */
function useTyped(now: FieldValues['now']) {
  const typed = reactive(new Map<string, Typed>())
  const valueOf = (field: Field): Value => (typed.has(field.id) ? (typed.get(field.id)?.value ?? null) : (now(field.id)?.value ?? null))
  function put(fieldId: string, value: Value): void {
    const before = now(fieldId)
    if (JSON.stringify(value) === JSON.stringify(before?.value ?? null)) typed.delete(fieldId)
    else typed.set(fieldId, { value, version: typed.get(fieldId)?.version ?? before?.version ?? 0 })
  }
  /** What was typed while it was on its way stays typed, on top of what was just saved. */
  function settle(fieldId: string, sent: Typed): void {
    const kept = typed.get(fieldId)
    if (kept === sent) typed.delete(fieldId)
    else if (kept) kept.version = now(fieldId)?.version ?? kept.version
  }
  return { typed, valueOf, put, settle }
}

interface Refusable {
  typed: Map<string, Typed>
  now: FieldValues['now']
  fieldOf: (fieldId: unknown) => Field | undefined
  refetch: () => Promise<unknown>
}

/** Why it was not saved: at the field that it is about, else for all of them. */
function useWrongs({ typed, now, fieldOf, refetch }: Refusable) {
  const wrong = reactive<Record<string, string>>({})
  const problem = ref('')
  function forget(fieldId: string): void {
    delete wrong[fieldId]
    problem.value = ''
  }
  async function refused(error: unknown): Promise<void> {
    const { fieldId, current } = error instanceof ApiProblem ? error.params : {}
    const field = fieldOf(fieldId)
    if (!field) return void (problem.value = problemWords(error))
    wrong[field.id] = problemWords(error)
    const kept = typed.get(field.id)
    if (!kept || typeof current !== 'number') return
    kept.version = current // saving again writes over what the other wrote, which is shown
    await refetch()
    wrong[field.id] = `${problemWords(error)} ${t('fields.theirs', { value: valueWords(field, now(field.id)?.value ?? null) || t('fields.nothing') })}`
  }
  return { wrong, problem, forget, refused }
}
