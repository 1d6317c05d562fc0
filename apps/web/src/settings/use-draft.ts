import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { problemWords } from '../problem-words.ts'
import { ApiProblem } from '../request.ts'

/** A form over a row that others may change meanwhile. */
export interface Draft<Row, Form> {
  form: Form
  /** A sentence, empty when all is well; the part sets it for what it checks itself. */
  problem: string
  readonly busy: boolean
  /** Something was typed that is not saved. */
  readonly changed: boolean
  /** The row was changed by somebody else after this form was filled from it; what was typed is still in the form. */
  readonly stale: boolean
  /** Save over the other's change. */
  keepMine(): void
  /** Forget what was typed and show the other's change. */
  takeTheirs(): void
  /** Writes by `write`, then follows its answer and renews the reads. False when it was refused; the form keeps what was typed. */
  save(write: (form: Form, version: number) => Promise<Row>): Promise<boolean>
}

interface Versioned {
  version: number
}

/**
 * Follows `row` as long as nothing is typed; afterwards a newer version makes it `stale` and the person decides. A null row
 * is one that does not exist yet: its `version` is 0. `renewReads` fetches again what shows the row, after every try to save.
 */
export function useDraft<Row extends Versioned, Form extends object>(row: () => Row | null, formOf: (row: Row | null) => Form, renewReads: () => void): Draft<Row, Form> {
  const base = shallowRef<Row | null>(row())
  const form = ref(formOf(base.value))
  const problem = ref('')
  const busy = ref(false)
  const changed = computed(() => JSON.stringify(form.value) !== JSON.stringify(formOf(base.value)))
  const stale = computed(() => !busy.value && changed.value && versionOf(row()) > versionOf(base.value))

  function fill(from: Row | null): void {
    base.value = from
    form.value = formOf(from) as typeof form.value // a form holds plain values: nothing in it is unwrapped
    problem.value = ''
  }
  // A problem is about what was typed then. At once, or it would wipe what a save in the same moment has to say.
  watch(form, () => (problem.value = ''), { deep: true, flush: 'sync' })
  watch(row, (latest) => !changed.value && versionOf(latest) >= versionOf(base.value) && fill(latest))

  async function save(write: (form: Form, version: number) => Promise<Row>): Promise<boolean> {
    busy.value = true
    problem.value = ''
    try {
      fill(await write(form.value as Form, versionOf(base.value))) // as above
      return true
    } catch (error) {
      // A stale version is told by `stale`, as soon as the newer row is here.
      if (!(error instanceof ApiProblem && error.code === 'stale_version')) problem.value = problemWords(error)
      return false
    } finally {
      busy.value = false
      renewReads()
    }
  }
  return reactive({ form, problem, busy, changed, stale, keepMine: () => (base.value = row()), takeTheirs: () => fill(row()), save }) as Draft<Row, Form> // refs are unwrapped by `reactive`
}

const versionOf = (row: Versioned | null): number => row?.version ?? 0
