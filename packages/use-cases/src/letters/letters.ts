import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Db } from '@yoman/db/database'
import { findEncounter, notesOf, proceduresOf } from '@yoman/db/encounters/queries'
import { insertLetter, type LetterListRow, listLetters, newestTemplate, signerOf } from '@yoman/db/letters/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import { findPatient, type PatientRow } from '@yoman/db/patients/queries'
import { letterheadOf } from '@yoman/db/plans/letterhead'
import { allow, allowIn } from '@yoman/domain/access'
import { checkLetter, type Drug, fillLetter, type LetterContent, type LetterKind } from '@yoman/domain/letters/letter'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { encounterView } from '../encounters/view.ts'
import { identifierPlace } from '../patients/sealed.ts'
import { openAlerts } from '../patients/view.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export interface LetterAbout {
  patientId: string
  encounterId?: string | null
  branchId: string
  kind: LetterKind
  language: DocumentLanguage
}
/** The text that comes with the product: of the documents, which the rules do not know. */
export type Shipped = (kind: LetterKind, language: DocumentLanguage) => { title: string; body: string }

export const letterPlace = (rowId: string): Place => ({ table: 'letter', column: 'content_sealed', rowId })

/** A letter begun: the clinic's text, filled from the record. Throws `reference_unknown`. */
export function beginLetter(ctx: Context, about: LetterAbout, shipped: Shipped) {
  allowKind(ctx, about)
  return read(ctx, async (db) => {
    const [facts, own, sealer] = await Promise.all([factsOf(db, ctx, about), newestTemplate(db, about.kind, about.language), ctx.vault.sealerOf(db, ctx.clinicId)])
    const { title, body } = own ?? shipped(about.kind, about.language)
    const encounter = about.encounterId ? await encounterOf(db, sealer, about) : null
    const { content, patient } = facts
    const day = (iso: string): string => iso.split('-').reverse().join('/')
    const values = {
      patientName: content.patient.name, birthDate: content.patient.birthDate ? day(content.patient.birthDate) : '', identifier: content.patient.identifier, doctorName: content.doctor.name,
      date: day(content.signedOn), clinicName: content.clinic.name, visitDate: day(encounter?.day(facts.zone) ?? content.signedOn), note: encounter?.note ?? '', procedures: encounter?.procedures ?? '', alerts: openAlerts(sealer, patient),
    }
    return { title: fillLetter(title, values), body: fillLetter(body, values), templateSeq: own?.seq ?? 0, doctor: { name: content.doctor.name, licence: content.doctor.licence }, hasIdentifier: content.patient.identifier !== '', today: content.signedOn }
  })
}

export interface LetterWords {
  title: string
  body: string
  drugs: readonly Drug[]
}

/** A letter as it would be signed. Throws what `checkLetter` throws, `reference_unknown`. */
export function previewLetter(ctx: Context, about: LetterAbout & LetterWords): Promise<LetterContent> {
  allowKind(ctx, about)
  return read(ctx, async (db) => contentOf((await factsOf(db, ctx, about)).content, ctx.clinicId, about))
}

export interface NewLetter extends LetterAbout, LetterWords {
  id: string
  attachmentId: string
  templateSeq: number
}

/**
 * Signs a letter. It never changes after that; its document is filed by the caller and withdrawn, if need be, as attachments are.
 * A repeated request finds its own; with other words it is another letter. Throws what `checkLetter` throws, `reference_unknown`, `id_taken`.
 */
export function signLetter(ctx: Context, letter: NewLetter): Promise<void> {
  allowKind(ctx, letter)
  return transact(ctx, async (tx) => {
    const [[mine], { content: facts }, sealer] = await Promise.all([listLetters(tx, { id: letter.id }), factsOf(tx, ctx, letter), ctx.vault.sealerOf(tx, ctx.clinicId)])
    if (mine && (mine.patient_id !== letter.patientId || mine.signed_by !== ctx.actor.staffId)) throw new Refusal('id_taken')
    if (mine && !sameWords(openContent(sealer, mine), letter)) throw new Refusal('id_taken')
    if (mine) return
    const content = contentOf(facts, letter.id, letter)
    const text = JSON.stringify(content)
    await insertLetter(tx, {
      clinic_id: ctx.clinicId, id: letter.id, patient_id: letter.patientId, encounter_id: letter.encounterId ?? null, kind: letter.kind, language: letter.language, template_seq: letter.templateSeq,
      content_sealed: sealer.seal(letterPlace(letter.id), text), content_hash: createHash('sha256').update(text).digest(), signed_by: staffOf(ctx), signed_at: ctx.now, attachment_id: letter.attachmentId,
    })
    await recordEvents(tx, ctx, [{ name: 'letter.signed', subject: { type: 'letter', id: letter.id }, patientId: letter.patientId, branchId: letter.branchId, details: { kind: letter.kind, language: letter.language } }])
  })
}

/** A patient's letters, newest first. The caller records the reading. Throws `NotFound`. */
export function patientLetters(ctx: Context, patientId: string) {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => {
    const [patient, rows, sealer] = await Promise.all([findPatient(db, patientId), listLetters(db, { patientId }), ctx.vault.sealerOf(db, ctx.clinicId)])
    if (!patient) throw new NotFound('patient')
    return rows.map((row) => letterView(row, openContent(sealer, row)))
  })
}

/** One letter with what was signed. Throws `NotFound`. */
export function readLetter(ctx: Context, id: string) {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => {
    const [[row], sealer] = await Promise.all([listLetters(db, { id }), ctx.vault.sealerOf(db, ctx.clinicId)])
    if (!row) throw new NotFound('letter')
    const content = openContent(sealer, row)
    return { view: letterView(row, content), content, atMs: row.signed_at.epochMilliseconds }
  })
}

/** What was signed. */
export const openContent = (sealer: Sealer, row: LetterListRow): LetterContent => JSON.parse(sealer.open(letterPlace(row.id), row.content_sealed)) as LetterContent // as it was sealed

const letterView = (row: LetterListRow, content: LetterContent) => ({
  id: row.id, patientId: row.patient_id, encounterId: row.encounter_id, kind: row.kind, language: row.language, title: content.title,
  signedBy: { staffId: row.signed_by, name: row.signed_by_name }, signedAt: row.signed_at.toString(), hash: row.content_hash.toString('hex'), attachmentId: row.attachment_id, filed: row.filed, withdrawn: row.withdrawn,
})

const allowKind = (ctx: Context, { kind, branchId }: LetterAbout): void => allowIn(ctx.actor, kind === 'prescription' || kind === 'sick_note' ? 'letter.prescribe' : 'letter.write', branchId)

function contentOf(facts: Facts, letterId: string, words: LetterWords): LetterContent {
  const content: LetterContent = { form: 1, letterId, ...facts, ...wordsOf(facts.kind, words) }
  checkLetter(content)
  return content
}

/** As they are kept: without what surrounds them, and medicines on a prescription alone. */
const wordsOf = (kind: LetterKind, { title, body, drugs }: LetterWords): Pick<LetterContent, 'title' | 'body' | 'drugs'> => ({
  title: title.trim(), body: body.trimEnd(),
  drugs: kind === 'prescription' ? drugs.map(({ name, dose, days, quantity }) => ({ name: name.trim(), dose: dose.trim(), days, quantity: quantity.trim() })) : [],
})

const sameWords = (kept: LetterContent, { kind, language, ...words }: NewLetter): boolean =>
  kept.kind === kind && kept.language === language && isDeepStrictEqual(wordsOf(kept.kind, kept), wordsOf(kind, words))

type Facts = Pick<LetterContent, 'kind' | 'language' | 'clinic' | 'patient' | 'doctor' | 'signedOn'>

async function factsOf(db: Db, ctx: Context, { patientId, branchId, encounterId, kind, language }: LetterAbout): Promise<{ content: Facts; patient: PatientRow; zone: string }> {
  const [patient, head, signer, encounter, sealer] = await Promise.all([findPatient(db, patientId), letterheadOf(db, branchId), signerOf(db, staffOf(ctx)), encounterId ? findEncounter(db, encounterId) : null, ctx.vault.sealerOf(db, ctx.clinicId)])
  if (!patient || !head || !signer || (encounterId && encounter?.patient_id !== patientId)) throw new Refusal('reference_unknown')
  const english = language === 'en'
  const latin = `${patient.given_name_latin} ${patient.family_name_latin}`.trim()
  const content: Facts = {
    kind, language,
    clinic: { name: (english && head.name_en) || head.name, legalName: head.legal_name, vatNumber: head.vat_number, address: [head.address, head.city].filter(Boolean).join(', '), phone: head.branch_phone ?? head.phone ?? '' },
    patient: { name: (english && latin) || `${patient.given_name} ${patient.family_name}`.trim(), birthDate: patient.birth_date?.toString() ?? null, identifier: patient.identifier_sealed ? sealer.open(identifierPlace(patientId), patient.identifier_sealed) : '' },
    doctor: { name: (english && signer.name_en) || signer.name, speciality: signer.speciality ?? '', licence: signer.licence_number ?? '' },
    signedOn: dateIn(head.time_zone, ctx.now).toString(),
  }
  return { content, patient, zone: head.time_zone }
}

async function encounterOf(db: Db, sealer: Sealer, { encounterId }: LetterAbout) {
  const row = await findEncounter(db, encounterId ?? '')
  if (!row) throw new Refusal('reference_unknown')
  const view = encounterView(sealer, row, await notesOf(db, [row.id]), await proceduresOf(db, [row.id]))
  const procedures = view.procedures.map((one) => (one.tooth ? `${one.description} (${one.tooth})` : one.description)).join(', ')
  return { day: (zone: string) => dateIn(zone, row.started_at).toString(), note: view.note?.body ?? '', procedures }
}

function staffOf(ctx: Context): string {
  if (!ctx.actor.staffId) throw new Error('a letter has a person behind it')
  return ctx.actor.staffId
}
