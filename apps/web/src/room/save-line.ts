import { ref, type Ref } from 'vue'
import type { Encounter } from '@yoman/contract/encounters'
import { problemWords } from '../problem-words.ts'
import { ApiProblem } from '../request.ts'

/** What somebody else, or another window of mine, has written in the meantime. */
export type OtherText = Pick<NonNullable<Encounter['note']>, 'seq' | 'body' | 'authorId' | 'writtenAt'>

export interface SaveLine {
  state: Ref<'saved' | 'typing' | 'saving' | 'failed' | 'conflict' | 'signed'>
  problem: Ref<string>
  /** The version on the server that our text stands on. */
  seq: Ref<number>
  other: Ref<OtherText | null>
  /** Whether the server has every letter. */
  clean(): boolean
  /** Saves what is typed now; resolves to whether the server has it. */
  flush(): Promise<boolean>
  /** Our text stands on this version from now on; `body` is what the server has. */
  standOn(seq: number, body: string): void
}

export interface SaveLineParts {
  text: Ref<string>
  first: { seq: number; body: string }
  /** Writes a version on top of `baseSeq`. */
  send(baseSeq: number, body: string): Promise<{ seq: number }>
  /** What the server has; throws where it cannot be asked. */
  look(): Promise<OtherText | null>
  /** The person who writes here. */
  mine(): string | undefined
  /** The server has this text. */
  onSaved(body: string): void
  /** It did not work; to be tried again where that helps. */
  onFailed(error: unknown): void
}

/**
 * Saves one at a time, so that versions keep their order. A newer version on the server is a conflict, unless it is one of
 * ours whose answer was lost on the way: that one is found by its words.
 */
export function saveLine(parts: SaveLineParts): SaveLine {
  const ground = groundOf(parts)
  const { state, clean } = ground
  const save = savingOn(ground, parts)
  let running: Promise<boolean> | null = null

  async function flush(): Promise<boolean> {
    while (running) await running
    if (state.value === 'conflict' || state.value === 'signed') return false
    if (clean()) return true
    running = save(parts.text.value).finally(() => (running = null))
    return (await running) && !clean() ? flush() : clean()
  }
  const { problem, seq, other, standOn } = ground
  return { state, problem, seq, other, clean, flush, standOn }
}

interface Ground extends Omit<SaveLine, 'flush'> {
  /** Texts that were sent on top of it and that nobody answered for yet. */
  unanswered(): string[]
}

/** What our text stands on: the version on the server, its words, and what was sent since. */
function groundOf({ text, first }: SaveLineParts): Ground {
  const state: SaveLine['state'] = ref('saved')
  const seq = ref(first.seq)
  const other: SaveLine['other'] = ref(null)
  let stored = first.body
  let unanswered: string[] = []

  const clean = (): boolean => text.value === stored
  const standOn: SaveLine['standOn'] = (at, body) => {
    seq.value = at
    stored = body
    other.value = null
    unanswered = []
    state.value = clean() ? 'saved' : 'typing'
  }
  return { state, problem: ref(''), seq, other, clean, standOn, unanswered: () => unanswered }
}

/** Sends a text on top of the ground. Fulfilled with whether the server has it; what else became of it, the ground's state tells. */
function savingOn({ state, problem, seq, other, standOn, unanswered }: Ground, parts: SaveLineParts): (body: string) => Promise<boolean> {
  function failed(error: unknown): boolean {
    problem.value = problemWords(error)
    state.value = error instanceof ApiProblem && error.code === 'note_already_signed' ? 'signed' : 'failed'
    parts.onFailed(error)
    return false
  }
  // Ours, its answer lost; or of a window of mine that was closed in that moment, and went on here.
  const isOurs = ({ authorId, body }: OtherText): boolean => authorId === parts.mine() && (unanswered().includes(body) || parts.text.value.startsWith(body))
  async function newer(stale: ApiProblem): Promise<boolean> {
    try {
      const theirs = await parts.look()
      if (theirs === null || theirs.body === parts.text.value || isOurs(theirs)) {
        standOn(theirs?.seq ?? 0, theirs?.body ?? '')
        parts.onSaved(theirs?.body ?? '')
        return true
      }
      other.value = theirs
      problem.value = problemWords(stale)
      state.value = 'conflict'
      return false
    } catch (error) {
      return failed(error)
    }
  }
  return async (body) => {
    state.value = 'saving'
    unanswered().push(body)
    try {
      standOn((await parts.send(seq.value, body)).seq, body)
      parts.onSaved(body)
      return true
    } catch (error) {
      return error instanceof ApiProblem && error.code === 'stale_version' ? newer(error) : failed(error)
    }
  }
}
