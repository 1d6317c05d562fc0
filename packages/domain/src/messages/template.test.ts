import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../refusal.ts'
import { fillTemplate, placeholders, requireKnownPlaceholders } from './template.ts'

describe('a template', () => {
  it('knows its placeholders and refuses every other word in braces', () => {
    expect(() => requireKnownPlaceholders('reminder', '{clinicName}: {date} {time} {')).not.toThrow()
    for (const wrong of ['{treatment}', '{visitType}', '{}', '{ date }', '{constructor}', '{total}', '${7*7}', '{{date}} {x}']) {
      expect(() => requireKnownPlaceholders('reminder', wrong), wrong).toThrow(Refusal)
    }
    expect(() => requireKnownPlaceholders('invoice', '{documentName} {number} {total}')).not.toThrow()
  })

  it('has no word for a treatment', () => {
    for (const names of Object.values(placeholders)) expect(names.filter((name) => /treat|visit|reason|type|service/i.test(name))).toEqual([])
  })

  it('is filled in literally, once', () => {
    expect(fillTemplate('{a}-{b}-{a}', { a: '{b}', b: '$1$&' })).toBe('{b}-$1$&-{b}')
    expect(fillTemplate('{{constructor.constructor("return process")()}} ${7*7}', { a: 'x' })).toBe('{{constructor.constructor("return process")()}} ${7*7}')
    expect(fillTemplate('{toString} {__proto__}', {})).toBe('{toString} {__proto__}')
  })

  it('leaves out a line that would stay without its value', () => {
    expect(fillTemplate('Hello {a}\nPhone {phone}\nBye', { a: 'Dana', phone: '' })).toBe('Hello Dana\nBye')
  })

  it('keeps everything that is not a placeholder', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fillTemplate(text, {})).toBe(text)
    }))
  })
})
