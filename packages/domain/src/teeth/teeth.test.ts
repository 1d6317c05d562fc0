import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { endsNow, type Finding, findingKinds, findingOf, hasSurfaces, statesOf } from './finding.ts'
import { chartRows, isMilkTooth, isRight, isTooth, isUpper, readSurfaces, surfacesOn, toothKind } from './tooth.ts'

test('a mouth has 32 permanent and 20 milk teeth, drawn from the patient’s right to the left, upper jaw first', () => {
  const [upper, lower] = chartRows.permanent
  expect(upper?.join(' ')).toBe('18 17 16 15 14 13 12 11 21 22 23 24 25 26 27 28')
  expect(lower?.join(' ')).toBe('48 47 46 45 44 43 42 41 31 32 33 34 35 36 37 38')
  expect(chartRows.milk.map((row) => row.join(' '))).toEqual(['55 54 53 52 51 61 62 63 64 65', '85 84 83 82 81 71 72 73 74 75'])
  const all = [...chartRows.permanent, ...chartRows.milk].flat()
  const numbers = Array.from({ length: 100 }, (_, n) => String(n))
  expect(numbers.filter(isTooth).sort()).toEqual([...all].sort())
  expect(all.filter(isUpper)).toHaveLength(26)
  expect(all.filter(isRight)).toHaveLength(26)
})

test.each([['11', 'incisor'], ['43', 'canine'], ['25', 'premolar'], ['36', 'molar'], ['54', 'molar'], ['73', 'canine']] as const)('%s is a %s', (tooth, kind) => {
  expect(toothKind(tooth)).toBe(kind)
  expect(isMilkTooth(tooth)).toBe(tooth >= '50')
})

test.each([['mod', 'MOD'], ['d o', 'OD'], ['BI', 'OB'], ['op', 'OL'], ['MMM', 'M'], ['', ''], ['v,l', 'BL']])('faces written %j are %j', (typed, kept) => {
  expect(readSurfaces(typed)).toBe(kept)
})

test('faces are written as a dentist says them of that tooth', () => {
  expect(surfacesOn('11', 'MODBL')).toBe('MIDBP')
  expect(surfacesOn('36', 'MODBL')).toBe('MODBL')
})

test('whatever is typed becomes faces in their order, or is refused', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      try {
        expect(readSurfaces(typed)).toMatch(/^M?O?D?B?L?$/)
        expect(readSurfaces(readSurfaces(typed))).toBe(readSurfaces(typed))
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
    }),
  )
})

const refusal = (given: Partial<Finding>): string | null => {
  try {
    findingOf({ tooth: '36', kind: 'filling', state: 'existing', surfaces: '', ...given })
    return null
  } catch (error) {
    return error instanceof Refusal ? error.code : 'another error'
  }
}

test('what cannot be is refused: a tooth that is none, a crown on one face, caries that is planned', () => {
  expect(refusal({})).toBeNull()
  expect(refusal({ tooth: '19' })).toBe('tooth_unknown')
  expect(refusal({ tooth: '56' })).toBe('tooth_unknown')
  expect(refusal({ surfaces: 'X' })).toBe('surface_unknown')
  expect(refusal({ kind: 'crown', surfaces: 'O' })).toBe('surface_unknown')
  expect(refusal({ kind: 'caries', state: 'planned' })).toBe('finding_form_wrong')
  expect(refusal({ kind: 'extraction', state: 'existing' })).toBe('finding_form_wrong')
  for (const kind of findingKinds) for (const state of statesOf(kind)) expect(refusal({ kind, state, surfaces: hasSurfaces(kind) ? 'OD' : '' })).toBeNull()
})

test('a finding ends once, and in one way', () => {
  expect(endsNow({ endedAs: null }, 'done')).toBe(true)
  expect(endsNow({ endedAs: 'done' }, 'done')).toBe(false)
  expect(() => endsNow({ endedAs: 'done' }, 'mistake')).toThrow(new Refusal('finding_ended'))
})
