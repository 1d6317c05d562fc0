import { expect, test } from 'vitest'
import { asideAfter, checkAmendment, checkUnsigned, draftAfter, type EncounterNow, mostNoteLetters, noteLength, signatureOf } from './note.ts'

const doctor = 'd0c70000-0000-7000-8000-000000000001'
const other = 'd0c70000-0000-7000-8000-000000000002'
const empty: EncounterNow = { status: 'draft', note: null, lastSeq: 0 }
const drafted = (body: string, seq = 3): EncounterNow => ({ status: 'draft', note: { seq, kind: 'draft', body, authorId: doctor, writtenAt: '2026-11-22T08:00:00Z' }, lastSeq: seq })
const signed: EncounterNow = { status: 'signed', note: { seq: 4, kind: 'signed', body: 'טופל', authorId: doctor, writtenAt: '2026-11-22T08:00:00Z' }, lastSeq: 4 }
const code = (text: string, params?: object) => expect.objectContaining({ code: text, ...(params && { params }) })

test('each autosave is one version more', () => {
  expect(draftAfter(empty, { baseSeq: 0, body: 'א', authorId: doctor })).toEqual({ seq: 1, write: true })
  expect(draftAfter(drafted('א'), { baseSeq: 3, body: 'אב', authorId: doctor })).toEqual({ seq: 4, write: true })
})

test('the same words again write nothing, even after a lost answer', () => {
  expect(draftAfter(drafted('א'), { baseSeq: 3, body: 'א', authorId: doctor })).toEqual({ seq: 3, write: false })
  expect(draftAfter(drafted('א'), { baseSeq: 2, body: 'א', authorId: doctor })).toEqual({ seq: 3, write: false })
})

test('words that differ by a vowel point or a direction mark alone are other words', () => {
  expect(draftAfter(drafted('שלום'), { baseSeq: 3, body: 'שָׁלוֹם', authorId: doctor }).write).toBe(true)
  expect(draftAfter(drafted('שלום'), { baseSeq: 3, body: 'שלום\u200f', authorId: doctor }).write).toBe(true)
})

test('nobody writes over a newer version, and is told whose it is', () => {
  const newer = { current: 3, authorId: doctor, writtenAt: '2026-11-22T08:00:00Z' }
  expect(() => draftAfter(drafted('א'), { baseSeq: 2, body: 'ב', authorId: other })).toThrow(code('stale_version', newer))
  expect(() => draftAfter(drafted('א'), { baseSeq: 2, body: 'א', authorId: other })).toThrow(code('stale_version', newer))
  expect(() => draftAfter(empty, { baseSeq: 1, body: 'ב', authorId: other })).toThrow(code('stale_version', { current: 0 }))
})

test('a signature repeats the text that was read, as the next version', () => {
  expect(signatureOf(drafted('טופל'), { seq: 3, staffId: doctor })).toEqual({ seq: 4, body: 'טופל' })
})

test('refuses to sign nothing, another text, another\'s text, and twice', () => {
  expect(() => signatureOf(empty, { seq: 1, staffId: doctor })).toThrow(code('stale_version'))
  expect(() => signatureOf(drafted('א'), { seq: 2, staffId: doctor })).toThrow(code('stale_version'))
  expect(() => signatureOf(drafted(' \n\u200f'), { seq: 3, staffId: doctor })).toThrow(code('note_empty'))
  expect(() => signatureOf(drafted('א'), { seq: 3, staffId: other })).toThrow(code('not_the_author'))
  expect(() => signatureOf(signed, { seq: 4, staffId: doctor })).toThrow(code('note_already_signed'))
})

test('what was signed takes amendments and nothing else', () => {
  expect(() => draftAfter(signed, { baseSeq: 4, body: 'ב', authorId: doctor })).toThrow(code('note_already_signed'))
  expect(() => checkUnsigned(signed)).toThrow(code('note_already_signed'))
  expect(() => checkAmendment(signed, { reason: 'טעות בצד', body: 'שן 26' })).not.toThrow()
  expect(() => checkAmendment(signed, { reason: ' ', body: 'שן 26' })).toThrow(code('amendment_needs_reason'))
  expect(() => checkAmendment(signed, { reason: 'טעות', body: '' })).toThrow(code('note_empty'))
  expect(() => checkAmendment(drafted('א'), { reason: 'טעות', body: 'ב' })).toThrow(code('note_not_signed'))
})

test('a text that was set aside takes a number, and is in nobody\'s way', () => {
  const kept: EncounterNow = { ...drafted('א'), lastSeq: 5 }
  expect(asideAfter(kept, 'מה שלא נבחר')).toEqual({ seq: 6 })
  expect(draftAfter(kept, { baseSeq: 3, body: 'אב', authorId: doctor })).toEqual({ seq: 6, write: true })
  expect(signatureOf(kept, { seq: 3, staffId: doctor })).toEqual({ seq: 6, body: 'א' })
  expect(() => asideAfter(kept, ' \u200f\n')).toThrow(code('note_empty'))
  expect(() => asideAfter(signed, 'ב')).toThrow(code('note_already_signed'))
})

test('what is longer than a note may be is refused with its length and the limit, in letters and not in bytes', () => {
  const most = '🦷'.repeat(mostNoteLetters)
  const params = { length: mostNoteLetters + 1, most: mostNoteLetters }
  expect([noteLength(most), noteLength('שָׁ\n'), noteLength('')]).toEqual([mostNoteLetters, 4, 0])
  expect(draftAfter(empty, { baseSeq: 0, body: most, authorId: doctor }).write).toBe(true)
  expect(() => draftAfter(empty, { baseSeq: 0, body: `${most}א`, authorId: doctor })).toThrow(code('note_too_long', params))
  expect(() => asideAfter(empty, `${most}א`)).toThrow(code('note_too_long', params))
  expect(() => checkAmendment(signed, { reason: 'טעות', body: `${most}א` })).toThrow(code('note_too_long', params))
})
