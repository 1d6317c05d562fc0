import { describe, expect, it } from 'vitest'
import { isolated, leftToRight, paragraph, visualRuns, withoutControls, type Direction } from './bidi.ts'
import { wrap } from './wrap.ts'

const runs = (text: string, base: Direction = 'rtl') => visualRuns(paragraph(text, base))
/** What the eye meets from left to right, as the font engine will have turned the runs. */
const seen = (text: string, base: Direction = 'rtl'): string =>
  runs(text, base).map((run) => (run.direction === 'rtl' ? [...run.text].reverse().join('') : run.text)).join('')

describe('a line on paper', () => {
  it('puts the words of Hebrew from right to left, and keeps a number whole', () => {
    expect(runs('סך הכול 1,234.56 לתשלום')).toEqual([
      { text: ' לתשלום', direction: 'rtl' },
      { text: '1,234.56', direction: 'ltr' },
      { text: 'סך הכול ', direction: 'rtl' },
    ])
  })

  it('keeps a phone, a date and an e-mail address in their own order', () => {
    expect(seen('טלפון 03-612-3456')).toBe('03-612-3456 ןופלט')
    expect(seen(`טלפון ${leftToRight('+972-3-612-3456')}`)).toBe('+972-3-612-3456 ןופלט')
    expect(seen(`דוא״ל ${leftToRight('desk@clinic.co.il')}`)).toBe('desk@clinic.co.il ל״אוד')
    expect(seen('מ-22.11.2026 ואילך')).toBe('ךליאו 22.11.2026-מ')
  })

  it('turns brackets to face what they hold', () => {
    expect(seen('מס ערך מוסף (18%)')).toBe('(18%) ףסומ ךרע סמ')
    expect(seen('צילום (פנורמי) CT')).toBe('CT (ימרונפ) םוליצ')
    expect(runs('(אב)')).toEqual([{ text: ')אב(', direction: 'rtl' }])
  })

  it('keeps the shekel sign to the left of an isolated amount in both directions', () => {
    expect(seen(`סה״כ ${leftToRight('₪1,234.56')}`)).toBe('₪1,234.56 כ״הס')
    expect(seen(`Total ${leftToRight('₪1,234.56')}`, 'ltr')).toBe('Total ₪1,234.56')
  })

  it('reads an English line with a Hebrew name from the left', () => {
    expect(seen(`For ${isolated('דנה כהן')}, 2 visits`, 'ltr')).toBe('For ןהכ הנד, 2 visits')
  })

  it('keeps the halves of a pair and of a pointed letter together', () => {
    expect(runs('א😀ב').map((run) => run.text)).toEqual(['ב', '😀', 'א'])
    expect(runs('😀')).toEqual([{ text: '😀', direction: 'ltr' }])
    expect(runs('שָׁלוֹם')).toEqual([{ text: 'שָׁלוֹם', direction: 'rtl' }])
  })

  it('does not let an override in a name turn the sum beside it', () => {
    const hostile = 'Dana\u202e999'
    expect(withoutControls(hostile)).toBe('Dana999')
    expect(seen(`${isolated(hostile)} ${leftToRight('₪12.00')}`, 'ltr')).toBe('Dana999 ₪12.00')
  })

  it('resolves directions before it is cut out of its paragraph', () => {
    const text = `אבג ${leftToRight('12 34')} דהו`
    const cut = text.indexOf(' 34')
    expect(visualRuns(paragraph(text, 'rtl'), 0, cut).map((run) => run.text)).toEqual(['12', 'אבג '])
    expect(visualRuns(paragraph(text, 'rtl'), 4, 4)).toEqual([])
  })
})

describe('wrapping', () => {
  const widthOf = (start: number, end: number): number => end - start
  const lines = (text: string, width: number): string[] => wrap(text, width, widthOf).map(({ start, end }) => text.slice(start, end))

  it('breaks at spaces', () => {
    expect(lines('one two three', 7)).toEqual(['one two', 'three'])
    expect(lines('one two', 7)).toEqual(['one two'])
  })

  it('breaks a word that is too long between its letters, never before its points', () => {
    expect(lines('ab abcdefgh ij', 3)).toEqual(['ab', 'abc', 'def', 'gh', 'ij'])
    expect(lines('שָׁשָׁ', 3)).toEqual(['שָׁ', 'שָׁ'])
  })

  it('keeps line breaks and makes one line of nothing', () => {
    expect(lines('a\n\nb', 5)).toEqual(['a', '', 'b'])
    expect(lines('', 5)).toEqual([''])
  })
})
