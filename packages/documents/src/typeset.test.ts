import { describe, expect, it } from 'vitest'
import { paragraph, type Direction } from './bidi.ts'
import { byFamily, fontFor, isWritable, type Family } from './fonts.ts'
import { typeset } from './typeset.ts'

const parts = (text: string, base: Direction = 'rtl') => typeset(paragraph(text, base)).map(({ family, text }) => [family, text])

describe('the font of a line', () => {
  it.each<[string, [Family, string][]]>([
    ['שלום, Dana (2)', [['heebo', 'שלום, Dana (2)']]],
    ['Анна Ёж №5', [['noto-sans', 'Анна Ёж №5']]],
    ['محمد (علي)', [['noto-sans-arabic', 'محمد (علي)']]],
    ['(محمد)', [['noto-sans-arabic', '(محمد)']]],
    ['שלום محمد', [['heebo', 'שלום '], ['noto-sans-arabic', 'محمد']]],
    ['Dana Анна', [['heebo', 'Dana '], ['noto-sans', 'Анна']]],
    ['محمد ₪', [['noto-sans-arabic', 'محمد '], ['heebo', '₪']]],
    ['₪ محمد', [['heebo', '₪ '], ['noto-sans-arabic', 'محمد']]],
    ['شَمْس', [['noto-sans-arabic', 'شَمْس']]],
    ['12.5', [['heebo', '12.5']]],
    ['漢', [['heebo', '漢']]],
  ])('writes "%s" in what has its letters, spaces and brackets beside them', (text, expected) => {
    expect(byFamily(text).map(({ family, text }) => [family, text])).toEqual(expected)
  })

  it('knows which names it can write', () => {
    expect(['נועה', 'Noa', 'Анна', 'محمد عبد الله', 'یوسف گچپ', 'Ειρήνη'].map(isWritable)).toEqual([true, true, true, true, true, true])
    expect(['漢字', 'ანა', 'Dana 😀'].map(isWritable)).toEqual([false, false, false])
  })
})

describe('a line of several scripts', () => {
  it('puts Hebrew and Arabic from right to left whatever font each is in', () => {
    expect(parts('דנה محمد לוי')).toEqual([['heebo', 'לוי'], ['noto-sans-arabic', 'محمد '], ['heebo', 'דנה ']])
  })

  it('keeps a Russian name in its own order between Hebrew words', () => {
    // Brackets are handed over facing what they hold; the engine turns those beside Hebrew letters, and gets the others turned.
    expect(parts('שן [Иван Ли] 12')).toEqual([['heebo', '12'], ['heebo', ' ['], ['noto-sans', 'Иван Ли'], ['heebo', 'שן ]']])
  })

  it('keeps digits of the Arabic and the Persian alphabet from left to right', () => {
    // The engine takes them for letters and turns them, so it gets them turned; what counts is the order it draws them in.
    for (const digits of ['١٢٣', '۱۲۳']) {
      const [first] = typeset(paragraph(`ב ${digits}`, 'rtl'))
      expect(drawn(first?.text ?? '')).toEqual(drawn(digits).toReversed())
      expect(drawn(digits[0] ?? '')).toEqual([drawn(first?.text ?? '')[0]])
    }
  })
})

const drawn = (text: string): string[] => fontFor('noto-sans-arabic', 'regular').layout(text, ['kern']).glyphs.map(({ name }) => name)

it('joins Arabic letters to their neighbours, from the right edge', () => {
  expect(drawn('محمد')).toEqual(['uni062F.fina', 'uni0645.medi', 'uni062D.medi', 'uni0645.init'])
})
