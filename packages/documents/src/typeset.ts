import { visualRuns, type Paragraph } from './bidi.ts'
import { byFamily, type Part } from './fonts.ts'

/** The parts of the line `[start, end)` of a paragraph, from the left edge of the paper to the right, each as the font engine wants it. */
export function typeset(whole: Paragraph, start?: number, end?: number): Part[] {
  return visualRuns(whole, start, end).flatMap(({ text, direction }) => {
    const parts = byFamily(text).map((part) => ({ ...part, text: engineTurns(part.text) === (direction === 'rtl') ? part.text : turned(part.text) }))
    return direction === 'rtl' ? parts.reverse() : parts
  })
}

/** fontkit turns a text round by the script of its first letter, not by the direction it stands in: spaces and brackets alone it leaves. */
const engineTurns = (text: string): boolean =>
  /^[\p{Script=Common}\p{Script=Inherited}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)

const turned = (text: string): string => [...text].reverse().join('')
