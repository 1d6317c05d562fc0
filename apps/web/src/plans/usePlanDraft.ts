import { computed, ref, type Ref, shallowRef, watch } from 'vue'
import type { TreatmentPlan } from '@yoman/contract/plans'
import { call, renew } from '../api.ts'
import { problemWords } from '../problem-words.ts'
import { ApiProblem } from '../request.ts'
import { type Content, contentOf } from './draft.ts'

export type Saving = 'saved' | 'saving' | 'failed' | 'conflict'

/**
 * A draft on the screen and on the server: each change is sent at once, one after the other, always the whole of it. What is typed
 * stays on the screen whatever becomes of its sending; somebody else's version is told and not written over unasked.
 */
export function usePlanDraft(plan: () => TreatmentPlan) {
  const content: Ref<Content> = ref(contentOf(plan()))
  const saved = shallowRef(plan())
  const state = ref<Saving>('saved')
  const problem = ref('')
  let version = plan().version
  let dirty = false
  let running = false

  watch(plan, (now) => {
    if (running || dirty || now.version <= version || typed()) return
    take(now)
  })
  /** Something stands in a field that has not been sent yet. */
  const typed = (): boolean => JSON.stringify(content.value) !== JSON.stringify(contentOf(saved.value))
  function take(now: TreatmentPlan): void {
    saved.value = now
    version = now.version
    content.value = contentOf(now)
    dirty = false
    state.value = 'saved'
    problem.value = ''
  }

  async function save(): Promise<void> {
    dirty = true
    if (running) return
    running = true
    while (dirty) {
      dirty = false
      state.value = 'saving'
      try {
        saved.value = await call('PUT /treatment-plans/:id', { params: { id: plan().id }, body: { version, ...content.value } })
        version = saved.value.version
        state.value = 'saved'
        problem.value = ''
      } catch (error) {
        state.value = error instanceof ApiProblem && error.code === 'stale_version' ? 'conflict' : 'failed'
        problem.value = problemWords(error)
        dirty = false
        break
      }
    }
    running = false
    renew('GET /treatment-plans', 'GET /patients/:id/teeth')
  }

  const change = (part: Partial<Content>): Promise<void> => {
    content.value = { ...content.value, ...part }
    return save()
  }
  /** Writes what is on this screen over the newer one. */
  async function keepMine(): Promise<void> {
    version = (await call('GET /treatment-plans/:id', { params: { id: plan().id } })).version
    await save()
  }
  async function takeTheirs(): Promise<void> {
    take(await call('GET /treatment-plans/:id', { params: { id: plan().id } }))
  }
  return { content, saved, state: computed(() => state.value), problem, change, save, keepMine, takeTheirs }
}
