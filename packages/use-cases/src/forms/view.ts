import type { FormRow, ResponseListRow, ResponseRow } from '@yoman/db/forms/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import { type FieldValue } from '@yoman/domain/fields/value'
import { type FormContent, mayReadAnswers, responseState, type Signature } from '@yoman/domain/forms/form'
import type { Context } from '../context.ts'

export const answersPlace = (rowId: string): Place => ({ table: 'form_response', column: 'answers_sealed', rowId })
export const signaturePlace = (rowId: string): Place => ({ table: 'form_response', column: 'signature_sealed', rowId })
export const reportedPlace = (rowId: string): Place => ({ table: 'reported_alert', column: 'words_sealed', rowId })

/** On the wire lists are lists of their own. */
export const contentView = ({ title, items }: FormContent) => ({
  title,
  items: items.map((item) => (item.kind === 'text' ? item : { ...item, field: { ...item.field, options: [...item.field.options] } })),
})

/** What a patient is asked: without who reads it and which answers are alerts. */
export const publicContent = ({ title, items }: FormContent) => ({
  title,
  items: items.map((item) => {
    if (item.kind === 'text') return item
    const { id, kind, labels, hints, unit, options } = item.field
    return { kind: item.kind, required: item.required, field: { id, kind, labels, hints, unit, options: options.map((option) => ({ key: option.key, labels: option.labels })) } }
  }),
})

export const formView = (row: FormRow) => ({ id: row.id, kind: row.kind, signed: row.content.signed, latest: row.latest, content: contentView(row.content), retired: row.retired_at !== null, version: row.version })
export type FormViewed = ReturnType<typeof formView>

export const responseView = (ctx: Context, row: ResponseListRow) => ({
  id: row.id,
  formId: row.form_id,
  formSeq: row.form_seq,
  patientId: row.patient_id,
  appointmentId: row.appointment_id,
  title: row.content.title,
  language: row.language,
  givenBy: row.given_by,
  state: responseState({ status: row.status, expiresAt: row.expires_at }, ctx.now),
  begun: row.saves > 0,
  messageState: row.message_state,
  createdAt: row.created_at.toString(),
  expiresAt: row.expires_at.toString(),
  signedAt: row.signed_at?.toString() ?? null,
  mayRead: mayReadAnswers(ctx.actor, row.content),
})

export type AnswerSent = { fieldId: string; value: string | number | string[] }

/** Answers as they were kept; none where nothing was answered. */
export const openAnswers = (sealer: Sealer, row: Pick<ResponseRow, 'id' | 'answers_sealed'>): AnswerSent[] =>
  row.answers_sealed ? (JSON.parse(sealer.open(answersPlace(row.id), row.answers_sealed)) as AnswerSent[]) : [] // we wrote it

export const sealAnswers = (sealer: Sealer, id: string, answers: ReadonlyMap<string, FieldValue>): Buffer => sealer.seal(answersPlace(id), JSON.stringify([...answers].map(([fieldId, value]) => ({ fieldId, value }))))

export type SignatureKept = Signature & { typed: boolean }

export function openSignature(sealer: Sealer, row: Pick<ResponseRow, 'id' | 'signature_sealed'>) {
  if (!row.signature_sealed) return null
  const { name, as, strokes, typed } = JSON.parse(sealer.open(signaturePlace(row.id), row.signature_sealed)) as SignatureKept // we wrote it
  return { name, as, typed, strokes: strokes.map((line) => [...line]) }
}
