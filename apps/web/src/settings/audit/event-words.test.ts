import { expect, test } from 'vitest'
import { events } from '@yoman/domain/events'
import { actorWords, detailWords, eventWords } from './event-words.ts'

test('every event has a sentence', () => {
  expect(Object.keys(events).filter((name) => eventWords(name) === name)).toEqual([])
})

test('an event that is newer than this client is shown by its name', () => {
  expect(eventWords('moon.landed')).toBe('moon.landed')
})

test('details are told in words, ids and versions are left out', () => {
  expect(detailWords({ fields: ['name', 'phone'], version: 3, appointment: '0199', active: false })).toBe('שדות: שם, טלפון · פעיל: לא')
  expect(detailWords({ roles: ['owner', 'doctor'] })).toBe('תפקידים: בעלים, רופא/ה')
  expect(detailWords({ kind: 320 })).toBe('סוג: חשבונית מס/קבלה')
  expect(detailWords({ rows: 320 })).toBe('שורות: 320')
  expect(detailWords({ hits: 0, kind: 'meeting', toDate: '2027-05-23', fromDate: '2026-11-22' })).toBe('תורים שנפגעו: 0 · סוג: ישיבה · מתאריך: 22/11/2026 · עד תאריך: 23/05/2027')
})

test('what nobody of the staff did is told to be the system', () => {
  expect(actorWords({ actorKind: 'system', actorName: null })).toBe('המערכת')
})
