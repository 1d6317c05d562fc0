import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Actor, type Role, roles } from '../access.ts'
import { Refusal } from '../refusal.ts'
import { plainDate } from '../time.ts'
import { checkChange, checkField, type Field, labelIn, mayEdit, maySee, sensitivities } from './field.ts'
import { calculate, readFormula } from './formula.ts'
import { calculated, readValue } from './value.ts'

const words = (he: string, en = '') => ({ he, en, ar: '', ru: '' })
const none = words('')
const field = (given: Partial<Field> = {}): Field => ({ id: given.key ?? 'f', subject: 'patient', key: 'f', kind: 'text', labels: words('שדה', 'Field'), hints: none, group: none, options: [], unit: '', formula: '', sensitivity: 'desk', editors: [], asked: 'never', raisesAlert: false, retired: false, ...given })
const option = (key: string, more: Partial<Field['options'][number]> = {}) => ({ key, labels: words(key), alert: false, retired: false, ...more })
const as = (...held: Role[]): Actor => ({ kind: 'staff', staffId: 's', roles: held, branchIds: [] })
const refusal = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error instanceof Refusal ? [error.code, error.params] : error
  }
  return 'nothing was refused'
}

describe('a calculation', () => {
  const facts = (values: Record<string, number | string>) => ({ valueOf: (name: string) => values[name] ?? null, age: (since: string | null) => (since === null ? 42 : 7) })
  test.each<[string, Record<string, number | string>, number | null]>([
    ['1 + 2 * 3', {}, 7],
    ['(1 + 2) * 3', {}, 9],
    ['10 - 4 - 3', {}, 3],
    ['-2 * -3', {}, 6],
    ['round(weight / (height * height / 10000), 1)', { weight: 70, height: 175 }, 22.9],
    ['weight / height', { weight: 70 }, null],
    ['1 / 0', {}, null],
    ["if(smoker = 'yes', packs * 365, 0)", { smoker: 'yes', packs: 2 }, 730],
    ["if(smoker = 'yes', packs * 365, 0)", { smoker: 'no' }, 0],
    ["if(smoker = 'yes', 1, 0)", {}, null],
    ['if(age() >= 18, 1, 0)', {}, 1],
    ['age(operated)', { operated: '2019-01-01' }, 7],
    ["if(since < '2020-01-01', 1, 2)", { since: '2019-05-05' }, 1],
    ['min(3, 1, 2) + max(4, 5)', {}, 6],
    ['0.1 + 0.2', {}, 0.3],
    ['weight * weight', { weight: 1e152 }, null],
    ["smoker * 2", { smoker: 'yes' }, null],
  ])('%s', (text, values, result) => expect(calculate(readFormula(text), facts(values))).toBe(result))

  test.each(['', '1 +', '(1', '1)', 'a b', 'f(1)', 'age(1, 2)', 'if(1, 2)', 'round()', "'x", '1 ; 2', 'a.b', 'constructor()', 'A', '__proto__', 'x[0]', '`x`', '('.repeat(400)])('%s is not understood', (text) => {
    expect(refusal(() => readFormula(text))).toEqual(['formula_wrong', { at: expect.any(Number) }])
  })

  test('whatever is written is either read or refused, and never more than counted', () => {
    const bits = fc.array(fc.constantFrom('1', '2.5', 'weight', "'yes'", '+', '-', '*', '/', '(', ')', '<', '=', ',', 'if', 'age', 'round', ' ', '$', 'é'), { maxLength: 25 })
    fc.assert(fc.property(bits, (parts) => {
      const outcome = refusal(() => {
        const result = calculate(readFormula(parts.join('')), facts({ weight: 3 }))
        expect(result === null || Number.isFinite(result)).toBe(true)
      })
      expect(outcome === 'nothing was refused' || (Array.isArray(outcome) && outcome[0] === 'formula_wrong')).toBe(true)
    }))
  })
})

describe('who sees and edits', () => {
  test.each<[Field['sensitivity'], Role[], Role[]]>([
    ['desk', ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'], ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant']],
    ['clinical', ['doctor', 'hygienist', 'assistant'], ['doctor', 'hygienist']],
    ['money', ['owner', 'receptionist', 'accountant'], ['owner', 'receptionist', 'accountant']],
    ['owner', ['owner'], ['owner']],
  ])('%s', (sensitivity, sees, edits) => {
    expect(roles.filter((role) => maySee(as(role), { sensitivity }))).toEqual(sees)
    expect(roles.filter((role) => mayEdit(as(role), field({ sensitivity })))).toEqual(edits)
  })

  test('named editors are the only ones, and never see more by it', () => {
    expect(roles.filter((role) => mayEdit(as(role), field({ sensitivity: 'clinical', editors: ['assistant', 'receptionist'] })))).toEqual(['assistant'])
  })

  test('a calculation and a field out of use are written by nobody', () => {
    for (const closed of [field({ retired: true }), field({ kind: 'calculated', formula: '1' })]) expect(roles.filter((role) => mayEdit(as(role), closed))).toEqual([])
  })
})

describe('a definition', () => {
  test('has a name, in whatever language', () => {
    expect(refusal(() => checkField(field({ labels: none }), []))).toEqual(['field_label_missing', {}])
    expect(refusal(() => checkField(field({ labels: words('', 'Only English') }), []))).toBe('nothing was refused')
    expect([labelIn(words('א', 'a'), 'ru'), labelIn(words('', 'a'), 'ar')]).toEqual(['א', 'a'])
  })

  test('of a choice has options, each once and named', () => {
    for (const options of [[], [option('a'), option('a')], [option('a', { retired: true })], [option('a', { labels: none })]]) expect(refusal(() => checkField(field({ kind: 'choice', options }), []))).toEqual(['field_options_missing', {}])
  })

  test('raises alerts only where the record is clinical, and is clinical in a note', () => {
    for (const wrong of [field({ raisesAlert: true }), field({ subject: 'note' }), field({ options: [option('a')] }), field({ formula: '1' }), field({ kind: 'calculated' })]) expect(refusal(() => checkField(wrong, []))).toEqual(['field_form_wrong', {}])
    expect(refusal(() => checkField(field({ sensitivity: 'clinical', raisesAlert: true }), []))).toBe('nothing was refused')
  })

  test('calculates only from what its reader may see, and never from itself or another calculation', () => {
    const others = [field({ key: 'weight', kind: 'number', sensitivity: 'clinical' }), field({ key: 'discount', kind: 'number', sensitivity: 'money' }), field({ key: 'sum', kind: 'calculated', formula: '1' })]
    const check = (formula: string, sensitivity: Field['sensitivity']) => refusal(() => checkField(field({ key: 'c', kind: 'calculated', formula, sensitivity }), others))
    expect(check('weight * 2', 'clinical')).toBe('nothing was refused')
    expect(check('weight * 2', 'desk')).toEqual(['formula_leaks', { name: 'weight' }])
    expect(check('discount', 'clinical')).toEqual(['formula_leaks', { name: 'discount' }])
    for (const name of ['sum', 'c', 'nothing']) expect(check(name, 'clinical')).toEqual(['formula_wrong', { name }])
  })

  test('never leaks by a calculation, whatever the classes are', () => {
    fc.assert(fc.property(fc.constantFrom(...sensitivities), fc.constantFrom(...sensitivities), (of, to) => {
      const allowed = refusal(() => checkField(field({ key: 'c', kind: 'calculated', formula: 'x', sensitivity: to }), [field({ key: 'x', kind: 'number', sensitivity: of })])) === 'nothing was refused'
      if (allowed) for (const role of roles) if (maySee(as(role), { sensitivity: to }) && of !== 'desk') expect(maySee(as(role), { sensitivity: of })).toBe(true)
    }))
  })

  test('keeps its kind, its key, its options and its seal', () => {
    const before = field({ kind: 'choice', options: [option('a'), option('b')] })
    expect(refusal(() => checkChange(before, { ...before, options: [option('a', { retired: true }), option('b'), option('c')] }))).toBe('nothing was refused')
    for (const change of [{ options: [option('a')] }, { kind: 'text' as const }, { key: 'other' }, { subject: 'visit' as const }, { sensitivity: 'clinical' as const }]) expect(refusal(() => checkChange(before, { ...before, ...change }))).toEqual(['field_form_wrong', {}])
  })
})

describe('a value', () => {
  const choice = field({ kind: 'choices', options: [option('a'), option('b', { retired: true }), option('c')] })
  test.each<[string, Partial<Field>, unknown, unknown]>([
    ['text is trimmed', {}, ' שלום ', 'שלום'],
    ['nothing is nothing', {}, '', null],
    ['spaces are nothing', {}, ' \n ', null],
    ['a number', { kind: 'number' }, 1.5, 1.5],
    ['a day', { kind: 'date' }, '2024-02-29', '2024-02-29'],
    ['options in their order', choice, ['c', 'a'], ['a', 'c']],
    ['no option', choice, [], null],
    ['one option', { ...choice, kind: 'choice' }, 'a', 'a'],
  ])('%s', (_what, given, typed, kept) => expect(readValue(field(given), typed)).toEqual(kept))

  test.each<[string, Partial<Field>, unknown]>([
    ['no such day', { kind: 'date' }, '2023-02-29'],
    ['too long ago', { kind: 'date' }, '1066-10-14'],
    ['text for a number', { kind: 'number' }, '5'],
    ['no number at all', { kind: 'number' }, Infinity],
    ['a number for text', {}, 5],
    ['an option out of use', choice, ['b']],
    ['an option that never was', choice, ['x']],
    ['a file that has no id', { kind: 'file' }, 'x-ray.png'],
    ['anything for a calculation', { kind: 'calculated', formula: '1' }, 1],
  ])('%s is refused', (_what, given, typed) => expect(refusal(() => readValue(field(given), typed))).toEqual(['field_value_wrong', { fieldId: 'f' }]))

  test('may keep an option that is no longer offered', () => expect(readValue(choice, ['a', 'b'], ['b'])).toEqual(['a', 'b']))

  test('is calculated from the others and the day', () => {
    const fields = [field({ key: 'weight', kind: 'number' }), field({ key: 'bmi', kind: 'calculated', formula: 'weight / 2' }), field({ key: 'years', kind: 'calculated', formula: 'age()' }), field({ key: 'lost', kind: 'calculated', formula: 'weight / height' })]
    const results = calculated(fields, new Map([['weight', 80]]), { birthDate: plainDate('2014-11-23'), today: plainDate('2026-11-22') })
    expect([...results]).toEqual([['bmi', 40], ['years', 11]])
  })
})
