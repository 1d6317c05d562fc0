import type { Db } from '@yoman/db/database'
import { familyOf, type FamilyRow, peopleOfAge } from '@yoman/db/families/queries'
import type { Sealer } from '@yoman/db/keys/vault'
import { survivorOf } from '@yoman/db/merges/queries'
import { findPatient, patientsWithPhone, phonesOf } from '@yoman/db/patients/queries'
import { patientsByIds, type SummaryRow } from '@yoman/db/patients/summaries'
import { allow } from '@yoman/domain/access'
import { seenFromTheOtherSide } from '@yoman/domain/patients/relations'
import { comesOfAgeOn, isOfAge, type OfAgeReason, ofAgeReasons, ofAgeWindow, tellingNow, yearsOfAge } from '@yoman/domain/patients/telling'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { summaryView } from '../patients/view.ts'
import { read } from '../transact.ts'

/** Birth dates and birthdays are days of the calendar at home. */
export const todayOf = (ctx: Context): PlainDate => dateIn('Asia/Jerusalem', ctx.now)

/** The patient's family: who each is, what each may be told of the other today, and who else has the patient's phones. The caller records the reading. */
export async function familyPage(ctx: Context, asked: string) {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const [sealer, id] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), survivorOf(db, asked)])
    if (id === undefined) throw new NotFound('patient')
    return familyView(ctx, db, sealer, id)
  })
}

export async function familyView(ctx: Context, db: Db, sealer: Sealer, id: string) {
  const [row, phones, relations] = await Promise.all([findPatient(db, id), phonesOf(db, id), familyOf(db, id)])
  if (!row) throw new NotFound('patient')
  const sharing = phones.length === 0 ? [] : await patientsWithPhone(db, phones.map(({ number }) => number))
  const related = relations.map(({ other_id }) => other_id)
  const strangers = sharing.map((one) => one.id).filter((one) => one !== id && !related.includes(one))
  const people = new Map((await patientsByIds(db, [...related, ...strangers], ctx.now)).map((one) => [one.id, one]))
  const today = todayOf(ctx)
  return {
    patientId: id,
    minor: row.birth_date !== null && !isOfAge(row.birth_date, today),
    ofAgeOn: row.birth_date ? comesOfAgeOn(row.birth_date).toString() : null,
    members: relations.flatMap((relation) => memberView(ctx, sealer, relation, people.get(relation.other_id), row.birth_date, today)),
    samePhone: strangers.flatMap((one) => (people.has(one) ? [summaryView(ctx, sealer, people.get(one) as SummaryRow)] : [])), // it has it
  }
}

function memberView(ctx: Context, sealer: Sealer, relation: FamilyRow, other: SummaryRow | undefined, birthDate: PlainDate | null, today: PlainDate) {
  if (!other) return []
  const kind = relation.reversed ? seenFromTheOtherSide(relation.kind) : relation.kind
  const { told, expired } = tellingNow({ kind, told: relation.told, on: relation.told_on, birthDate }, today)
  return [{ relationId: relation.relation_id, kind, patient: summaryView(ctx, sealer, other), told, expired }]
}

/** Who came or comes of age in these weeks and was not looked at, with what a guardian has to do with each; the earliest birthday first. */
export async function comingOfAge(ctx: Context) {
  allow(ctx.actor, 'patient.write')
  const today = todayOf(ctx)
  const born = (day: PlainDate): PlainDate => day.subtract({ years: yearsOfAge })
  return read(ctx, async (db) => {
    const sealer = await ctx.vault.sealerOf(db, ctx.clinicId)
    const rows = await peopleOfAge(db, born(today.subtract({ days: ofAgeWindow.daysAfter })), born(today.add({ days: ofAgeWindow.daysBefore })))
    const told = rows.map((row) => ({ id: row.id, reasons: ofAgeReasons.filter((reason) => row[reason]) })).filter(({ reasons }) => reasons.length > 0)
    const people = new Map((await patientsByIds(db, told.map(({ id }) => id), ctx.now)).map((one) => [one.id, one]))
    return told.flatMap(({ id, reasons }): { patient: ReturnType<typeof summaryView>; ofAgeOn: string; ofAge: boolean; reasons: OfAgeReason[] }[] => {
      const person = people.get(id)
      if (!person?.birth_date) return []
      return [{ patient: summaryView(ctx, sealer, person), ofAgeOn: comesOfAgeOn(person.birth_date).toString(), ofAge: isOfAge(person.birth_date, today), reasons }]
    })
  })
}
