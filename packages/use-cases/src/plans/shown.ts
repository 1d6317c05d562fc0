import { createHash } from 'node:crypto'
import type { Db } from '@yoman/db/database'
import { zoneOf } from '@yoman/db/orders/queries'
import { findPatient } from '@yoman/db/patients/queries'
import { findPlan, itemsOf, phasesOf, type PlanRow, staffNames } from '@yoman/db/plans/queries'
import { letterheadOf } from '@yoman/db/plans/letterhead'
import { allow } from '@yoman/domain/access'
import { totalOf } from '@yoman/domain/plans/plan'
import type { DocumentLanguage, ShownPlan, Signature } from '@yoman/domain/plans/shown'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { priceOf } from './view.ts'

/** What a signature under a plan says, in a language: a text of the documents, which the rules do not know. */
export type Declare = (language: DocumentLanguage) => string

/** The plan as the patient is shown it now, and the hash of it. */
export function showPlan(ctx: Context, id: string, language: DocumentLanguage, declare: Declare): Promise<{ shown: ShownPlan; hash: string; patientId: string; today: PlainDate }> {
  allow(ctx.actor, 'plan.read')
  return read(ctx, async (db) => {
    const plan = await findPlan(db, id)
    if (!plan) throw new NotFound('treatment plan')
    const [shown, branch] = await Promise.all([shownPlan(db, plan, language, declare), zoneOf(db, plan.branch_id)])
    return { shown, hash: hashOf(textOf(shown)), patientId: plan.patient_id, today: dateIn(branch?.time_zone ?? 'Asia/Jerusalem', ctx.now) }
  })
}

/** The text that is sealed, hashed and signed. */
export const textOf = (shown: ShownPlan): string => JSON.stringify(shown)
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What was signed, words and hand: the hash that is printed under it covers both. */
export const signedHashOf = (text: string, signature: Signature, signedAt: string): string => hashOf(`${text}\n${JSON.stringify(signature)}\n${signedAt}`)

/** In the order of its fields the same every time, for it is signed as a text. */
export async function shownPlan(db: Db, plan: PlanRow, language: DocumentLanguage, declare: Declare): Promise<ShownPlan> {
  const [patient, phases, items, head, [writer]] = await Promise.all([findPatient(db, plan.patient_id), phasesOf(db, [plan.id]), itemsOf(db, [plan.id]), letterheadOf(db, plan.branch_id), staffNames(db, [plan.written_by])])
  if (!patient || !head) throw new NotFound('treatment plan')
  const english = language === 'en'
  const latin = `${patient.given_name_latin} ${patient.family_name_latin}`.trim()
  const name = `${patient.given_name} ${patient.family_name}`.trim()
  return {
    form: 1, planId: plan.id, edition: plan.edition, language, title: plan.title,
    clinic: { name: (english && head.name_en) || head.name, legalName: head.legal_name, vatNumber: head.vat_number, address: [head.address, head.city].filter(Boolean).join(', '), phone: head.branch_phone ?? head.phone ?? '' },
    patient: { name: (english && latin) || name, birthDate: patient.birth_date?.toString() ?? null },
    doctor: (english && writer?.name_en) || writer?.name || '',
    phases: phases
      .map((phase) => ({ phase, own: items.filter((item) => item.phase_id === phase.id) }))
      .filter(({ own }) => own.length > 0)
      .map(({ phase, own }) => ({
        title: phase.title,
        items: own.map((item) => ({ description: (english && item.description_en) || item.description, tooth: item.tooth, surfaces: item.surfaces, quantity: item.quantity, ...totalOf([priceOf(item)]) })),
        ...totalOf(own.map(priceOf)),
      })),
    total: totalOf(items.map(priceOf)),
    declaration: declare(language),
  }
}
