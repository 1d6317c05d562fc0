import { type Static, Type } from 'typebox'
import { ById, Choice, Exact, InstantText, Line, Nullable, Uuid } from './common.ts'
import { PatientParts, timelineKinds } from './patients.ts'
import { routeTable } from './route.ts'

/** What a search within one record finds: what stands in the timeline, and what stands in the record beside it. */
export const foundKinds = [...timelineKinds, 'letter', 'plan', 'form', 'field', 'alert', 'reported_alert', 'desk_note'] as const
export type FoundKind = (typeof foundKinds)[number]

/** Words in the languages of patients; what is not known is empty. */
const Words = Exact({ he: Type.String(), en: Type.String(), ar: Type.String(), ru: Type.String() })

export const Found = Exact({
  kind: Choice(foundKinds),
  id: Uuid,
  /** Null of what holds now and has no date of its own. */
  at: Nullable(InstantText),
  /** Who wrote it, where it is known. */
  by: Nullable(Type.String()),
  /** What it is called, where it has a name of its own. */
  title: Nullable(Words),
  /** Of a clinic's field: what it is of. */
  of: Nullable(Choice(['patient', 'visit', 'note'])),
  snippet: Type.String(),
  /** What was looked for, within the snippet, in UTF-16 units. */
  matches: Type.Array(Exact({ from: Type.Integer({ minimum: 0 }), to: Type.Integer({ minimum: 1 }) })),
})
export type Found = Static<typeof Found>

export const recordSearchRoutes = routeTable({
  'POST /patients/:id/record-searches': {
    permission: 'patient.read',
    audit: 'read', // that the record was searched; the words are kept nowhere
    summary: 'Search one record, in all that the reader may see of it: best first, then newest. Every word must begin a word of what is found.',
    params: ById,
    body: Exact({ text: Line(100, 1), /** Only what is of this kind. */ kind: Type.Optional(Choice(foundKinds)) }),
    status: 200,
    response: Exact({ items: Type.Array(Found), /** What was found of the timeline, whole. */ parts: PatientParts, more: Type.Boolean() }),
  },
})
