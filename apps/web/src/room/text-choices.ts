import type { Ref } from 'vue'
import { bothTexts } from '@yoman/domain/encounters/both-texts'
import { hasAll } from './drafts/has-all.ts'
import type { SaveLine } from './save-line.ts'

export interface TextChoices {
  /** Puts words that were found on this device in the place of the text, or joins them to it (`bothTexts`). False, and nothing changed, where what stands here would be nowhere then. */
  take(body: string, how: 'this' | 'both'): Promise<boolean>
  /** After both texts of a conflict were shown: `chosen` goes on; of the other one, `beside` keeps the words as an earlier version. False, and nothing changed, where the texts are no longer those that were shown. */
  choose(chosen: string, beside: string | null): Promise<boolean>
}

export interface TextChoicesParts {
  line: SaveLine
  text: Ref<string>
  /** Keeps words among the earlier versions; throws where it cannot. */
  aside(body: string): Promise<unknown>
  /** The server has all that stands here. */
  onClean(): void
}

/** One text takes the place of another. The other one is a version on the server before, or it stays where it is. */
export function textChoices({ line, text, aside, onClean }: TextChoicesParts): TextChoices {
  let laid: string | null = null

  async function take(body: string, how: 'this' | 'both'): Promise<boolean> {
    const safe = await line.flush()
    if (how === 'this' && !safe && !hasAll(body, text.value)) return false
    text.value = how === 'both' ? bothTexts(text.value, body) : body
    return true
  }
  async function choose(chosen: string, beside: string | null): Promise<boolean> {
    const [theirs, shown] = [line.other.value, text.value]
    if (theirs === null) return true
    if (beside !== null && beside.trim() !== '' && beside !== laid) {
      await aside(beside)
      laid = beside // a second choice does not lay it aside again
    }
    if (text.value !== shown || line.other.value !== theirs) return false
    text.value = chosen
    line.standOn(theirs.seq, theirs.body)
    if (line.clean()) onClean()
    await line.flush()
    return true
  }
  return { take, choose }
}
