import { ref, type Ref } from 'vue'
import { problemWords } from './problem-words.ts'
import { ApiProblem } from './request.ts'

/** What a form knows of its own sending: that it is on its way, and in words why it was refused. */
export interface Sending {
  busy: Ref<boolean>
  /** A sentence, empty when all is well; the form sets it for what it checks itself. */
  problem: Ref<string>
  /** No answer came: it may have been done or not. Sent again with the same ids it is done once. */
  lost: Readonly<Ref<boolean>>
  /** Does the work; false where it was refused. What was typed is still in the form then. */
  send(work: () => Promise<unknown>): Promise<boolean>
}

export function useSending(): Sending {
  const busy = ref(false)
  const problem = ref('')
  const lost = ref(false)
  async function send(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    problem.value = ''
    try {
      await work()
      lost.value = false
      return true
    } catch (error) {
      lost.value = error instanceof ApiProblem && (error.status === 0 || error.status >= 500)
      problem.value = problemWords(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, lost, send }
}
