import type { PatientCard } from '@yoman/contract/registers'
import { withoutControls } from '@yoman/documents/bidi'
import { en } from '@yoman/documents/locales/en'
import { he } from '@yoman/documents/locales/he'
import { cardSheet, treatmentText } from '@yoman/documents/registers/card'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import { readCard, type WholeCard } from '@yoman/use-cases/registers/card'
import type { RequestContext } from '../http/handler.ts'
import { registerLine, utf8Mark } from './csv.ts'
import { frameOf } from './frame.ts'

/** Reads a card and leaves the event of it: which parts were shown. */
export async function takenCard(ctx: RequestContext, patientId: string): Promise<WholeCard> {
  const card = await readCard(ctx, patientId)
  ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: patientId }, patientId, details: { kind: 'card', clinical: card.clinical } })
  return card
}

export const presentCard = ({ patient, key, clinical, treatments, documents, treated, received, owed, waiting }: WholeCard): PatientCard => ({
  patient, key, clinical,
  treatments: treatments.map(({ on, total, ...one }) => ({ ...one, on: on.toString(), totalAgorot: total })),
  documents: documents.map((one) => ({ id: one.id, kind: one.kind, number: one.number, on: one.on.toString(), totalAgorot: one.total, receivedAgorot: one.received, owedAgorot: one.owed })),
  treatedAgorot: treated, receivedAgorot: received, owedAgorot: owed, waitingAgorot: waiting,
})

export async function cardPdf(ctx: RequestContext, patientId: string, language: 'he' | 'en') {
  const card = await takenCard(ctx, patientId)
  const today = dateIn(card.zone, ctx.now)
  return { name: `card ${card.key}.pdf`, body: await drawSheet(cardSheet(frameOf(ctx, card, language, firstDay(card) ?? today, today), card)) }
}

/** The day of its first line; what is ahead of today is none. */
const firstDay = ({ treatments, documents }: WholeCard): PlainDate | undefined =>
  [treatments[0]?.on, documents[0]?.on].filter((on) => on !== undefined).sort((a, b) => (a.toString() < b.toString() ? -1 : 1))[0]

const headings = {
  he: ['תאריך', 'סוג', 'תיאור', 'כמות', 'סכום', 'התקבל', 'לתשלום'],
  en: ['Date', 'Kind', 'Description', 'Quantity', 'Sum', 'Received', 'Owed'],
} as const
const kinds = { he: { treatment: 'טיפול', document: 'מסמך' }, en: { treatment: 'Treatment', document: 'Document' } }
const locales = { he, en }

export function cardCsv(language: 'he' | 'en', card: WholeCard): Buffer {
  const treatments = card.treatments.map((one) => [one.on.toString(), kinds[language].treatment, withoutControls(treatmentText(language, one)), String(one.quantity), one.total, '', ''])
  const documents = card.documents.map((one) => [one.on.toString(), kinds[language].document, `${locales[language].kinds[one.kind]} ${one.number}`, '', one.total, one.received, one.owed])
  return Buffer.from(`${utf8Mark}${[headings[language], ...treatments, ...documents].map(registerLine).join('')}`)
}
