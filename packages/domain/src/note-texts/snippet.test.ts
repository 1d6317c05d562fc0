import { expect, test } from 'vitest'
import { snippetsFor, snippetTyped, templateFor } from './snippet.ts'

test('letters after ; or / at the beginning of a word, in any script', () => {
  expect(snippetTyped('טופל ;ניק', 9)).toEqual({ start: 5, letters: 'ניק' })
  expect(snippetTyped('/an', 3)).toEqual({ start: 0, letters: 'an' })
  expect(snippetTyped('א\n;', 3)).toEqual({ start: 2, letters: '' })
})

test('not in a date, a dose, a fraction, behind a word, nor once there is a space', () => {
  for (const text of ['22/11', 'מ״ג/יום', 'א;ב', ';ניק ', 'x', '', `;${'a'.repeat(30)}`]) expect(snippetTyped(text, text.length)).toBeNull()
})

const snippet = (name: string, own = false) => ({ kind: 'snippet' as const, own, name })

test('offers what begins so, the shortest first, and my own instead of the clinic\'s', () => {
  const texts = [snippet('ניקוי'), snippet('ניק'), snippet('ניק', true), snippet('הרדמה'), { kind: 'template' as const, own: true, name: 'ניקוי אבנית' }]
  expect(snippetsFor(texts, 'ני')).toEqual([snippet('ניק', true), snippet('ניקוי')])
  expect(snippetsFor([snippet('AN')], 'an')).toEqual([snippet('AN')])
})

test('a note begins with my template of the visit, else with the clinic\'s, else with nothing', () => {
  const template = (own: boolean, ...visitTypeIds: string[]) => ({ kind: 'template' as const, own, name: 'א', visitTypeIds })
  const [clinics, mine] = [template(false, 'crown', 'filling'), template(true, 'crown')]
  expect(templateFor([clinics, mine], 'crown')).toBe(mine)
  expect(templateFor([clinics, mine], 'filling')).toBe(clinics)
  expect(templateFor([clinics, mine], 'x-ray')).toBeUndefined()
})
