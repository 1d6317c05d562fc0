import { computed, ref, type Ref, shallowRef, watch } from 'vue'
import type { TreatmentPlan } from '@yoman/contract/plans'
import { call, renew } from '../api.ts'
import { guardLeaving } from '../leave-guard.ts'
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
  const line = sendingLine(plan, content)
  const { saved, state, problem } = line

  watch(plan, (now) => {
    if (line.isBusy() || now.version <= line.version() || typed()) return
    take(now)
  })
  /** Something stands in a field that has not been sent yet. */
  const typed = (): boolean => JSON.stringify(content.value) !== JSON.stringify(contentOf(saved.value))
  guardLeaving(() => line.isSending() || state.value === 'conflict' || state.value === 'failed' || !line.isSent())
  function take(now: TreatmentPlan): void {
    content.value = contentOf(now)
    line.standOn(now)
  }

  const change = (part: Partial<Content>): Promise<void> => {
    content.value = { ...content.value, ...part }
    return line.save()
  }
  /** The version that holds all of what is on this screen, sent first where it was not; null where the server does not have it. */
  async function settled(): Promise<number | null> {
    await line.idle()
    if (state.value === 'saved' && !line.isSent()) await line.save()
    return state.value === 'saved' ? line.version() : null
  }
  /** Writes what is on this screen over the newer one. */
  async function keepMine(): Promise<void> {
    line.goOnFrom((await call('GET /treatment-plans/:id', { params: { id: plan().id } })).version)
    await line.save()
  }
  async function takeTheirs(): Promise<void> {
    take(await call('GET /treatment-plans/:id', { params: { id: plan().id } }))
  }
  return { content, saved, state: computed(() => state.value), problem, change, save: line.save, settled, keepMine, takeTheirs }
}

/** The sendings of a draft to the server, one after the other. */
function sendingLine(plan: () => TreatmentPlan, content: Ref<Content>) {
  const saved = shallowRef(plan())
  const state = ref<Saving>('saved')
  const problem = ref('')
  let version = plan().version
  let dirty = false
  let running: Promise<void> | null = null
  /** What the server was last given, or gave. */
  let sent = JSON.stringify(content.value)

  /** What stands on the screen is this version of the server's. */
  function standOn(now: TreatmentPlan): void {
    kept(now)
    sent = JSON.stringify(content.value)
    dirty = false
  }
  function kept(now: TreatmentPlan): void {
    saved.value = now
    version = now.version
    state.value = 'saved'
    problem.value = ''
  }
  /** Sends what stands here; fulfilled when nothing is on its way any more, whatever became of it. */
  function save(): Promise<void> {
    dirty = true
    running ??= sendAll()
    return running
  }
  async function sendAll(): Promise<void> {
    while (dirty) {
      dirty = false
      state.value = 'saving'
      sent = JSON.stringify(content.value)
      try {
        kept(await call('PUT /treatment-plans/:id', { params: { id: plan().id }, body: { version, ...content.value } }))
      } catch (error) {
        state.value = error instanceof ApiProblem && error.code === 'stale_version' ? 'conflict' : 'failed'
        problem.value = problemWords(error)
        dirty = false
        break
      }
    }
    running = null
    renew('GET /treatment-plans', 'GET /patients/:id/teeth')
  }
  return {
    saved, state, problem, standOn, save, version: () => version, goOnFrom: (newer: number): void => void (version = newer), idle: (): Promise<void> => running ?? Promise.resolve(),
    isSending: () => running !== null, isBusy: () => running !== null || dirty, isSent: () => JSON.stringify(content.value) === sent,
  }
}
