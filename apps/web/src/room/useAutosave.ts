import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { call } from '../api.ts'
import { problemWords } from '../problem-words.ts'
import { ApiProblem } from '../request.ts'

const pauseMs = 800

export interface Autosave {
  state: Ref<'saved' | 'typing' | 'saving' | 'failed' | 'conflict'>
  problem: Ref<string>
  /** The version on the server that our text stands on. */
  seq: Ref<number>
  /** Saves what is typed now; resolves to whether the server has it. */
  flush(): Promise<boolean>
  /** After a conflict was shown: keep our text, on top of the other one. */
  keepMine(): Promise<boolean>
}

/**
 * Every pause in typing becomes a version on the server. Saves go one at a time, so that versions keep their order; what
 * cannot be saved stays on the screen and is tried again with the next pause and every few seconds.
 */
export function useAutosave(encounterId: string, text: Ref<string>, firstSeq: number, onConflict: () => void): Autosave {
  const state: Autosave['state'] = ref('saved')
  const problem = ref('')
  const seq = ref(firstSeq)
  let stored = text.value
  let running: Promise<boolean> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), ms)
  }
  watch(text, (typed) => {
    if (typed === stored) return
    if (state.value !== 'conflict') state.value = 'typing'
    later(pauseMs)
  })

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    if (running) await running
    if (state.value === 'conflict') return false
    if (text.value === stored) return true
    running = save(text.value)
    const done = await running
    running = null
    return done && text.value !== stored ? flush() : done
  }

  async function save(body: string): Promise<boolean> {
    state.value = 'saving'
    try {
      const written = await call('PUT /encounters/:id/draft', { params: { id: encounterId }, body: { baseSeq: seq.value, body } })
      seq.value = written.seq
      stored = body
      state.value = 'saved'
      return true
    } catch (error) {
      return failed(error)
    }
  }

  function failed(error: unknown): boolean {
    problem.value = problemWords(error)
    const conflict = error instanceof ApiProblem && error.code === 'stale_version'
    state.value = conflict ? 'conflict' : 'failed'
    if (conflict) {
      seq.value = Number((error as ApiProblem).params['current'] ?? seq.value) // `conflict` says it is one
      onConflict()
    } else later(5_000)
    return false
  }

  function keepMine(): Promise<boolean> {
    state.value = 'typing'
    return flush()
  }

  const leaving = (event: BeforeUnloadEvent): void => {
    if (text.value !== stored) event.preventDefault()
  }
  addEventListener('beforeunload', leaving)
  onBeforeUnmount(() => {
    removeEventListener('beforeunload', leaving)
    void flush().finally(() => clearTimeout(timer))
  })
  return { state, problem, seq, flush, keepMine }
}
