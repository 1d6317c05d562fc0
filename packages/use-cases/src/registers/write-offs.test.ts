import { v7 as uuid } from 'uuid'
import { instant, plainDate } from '@yoman/domain/time'
import { castContext, castNow, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { beforeAll, expect, test } from 'vitest'
import { bookAppointment } from '../appointments/book.ts'
import { completeAppointment, recordArrival, startTreatment } from '../appointments/step.ts'
import { takeOutCheque } from '../cheques/take-out.ts'
import { writeOffDebt } from '../debts/write-off.ts'
import { issueInvoiceForVisit } from '../invoices/issue-for-visit.ts'
import { type Means, recordPayment } from '../invoices/record-payment.ts'
import { allGivenUp, pageOfGivenUp } from './write-offs.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
const [owner, accountant] = [castContext(cast, hadar, 'owner', database.apiPool), castContext(cast, hadar, 'accountant', database.apiPool)]
const inNorth = { ...accountant, actor: { ...accountant.actor, branchIds: [hadar.branches.north] } }
const november = { from: plainDate('2026-11-01'), to: plainDate('2026-11-30') }
const text = { onAccount: () => 'על חשבון', inStead: () => 'במקום', ofAdvance: () => 'מקדמה', ofPart: () => 'מקדמה', restOf: () => 'מקדמה' }
const { sara } = hadar.patients
let [inCenter, elsewhere] = ['', '']

/** An unpaid transaction invoice of 180 shekels. @returns its id. */
async function bill(branch: 'center' | 'north'): Promise<string> {
  const id = uuid()
  const practitioner = branch === 'center' ? 'doctor' : 'otherDoctor'
  const ctx = castContext(cast, hadar, practitioner, database.apiPool)
  await bookAppointment(ctx, { id, branchId: hadar.branches[branch], practitionerId: hadar.practitioners[practitioner], visitTypeId: hadar.visitTypes.checkUp, patientId: sara, startsAt: instant('2026-11-22T08:00:00Z'), durationMinutes: 30 })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  return issueInvoiceForVisit(owner, id, text)
}

const cheque = { id: uuid(), method: 'cheque', amount: 4_000, reference: '', cheque: { number: '101', bank: '12', branch: '605', account: '778899', dueOn: plainDate('2026-12-31') } } as const
const pay = (invoiceId: string, means: Means) => recordPayment(owner, { appointmentId: null, invoiceId, means: [means] }, text)

beforeAll(async () => {
  inCenter = await bill('center')
  elsewhere = await bill('north')
  await pay(inCenter, cheque)
  await writeOffDebt(owner, sara, { id: uuid(), invoiceId: inCenter, reason: 'אין כתובת' })
  await writeOffDebt({ ...owner, now: castNow.add({ minutes: 1 }) }, sara, { id: uuid(), invoiceId: elsewhere, reason: 'הוסכם' })
})

test('whoever works in one branch reads its debts alone, and asks for no other', async () => {
  expect((await pageOfGivenUp(accountant, november)).items.map(({ invoiceId }) => invoiceId)).toEqual([inCenter, elsewhere])
  expect(await pageOfGivenUp(inNorth, november)).toMatchObject({ items: [{ invoiceId: elsewhere }], totals: { documents: 1, amount: 18_000 } })
  expect(() => pageOfGivenUp(inNorth, { ...november, branchId: hadar.branches.center })).toThrow(expect.objectContaining({ permission: 'report.read' }))
  expect(() => allGivenUp(castContext(cast, hadar, 'receptionist', database.apiPool), november)).toThrow(expect.objectContaining({ permission: 'report.read' }))
})

test('what came in since is what is owed less than then, and below nothing where a cheque of before came back', async () => {
  const cameIn = async () => (await pageOfGivenUp(accountant, { ...november, branchId: hadar.branches.center })).items.map((one) => [one.amount, one.cameIn])
  expect(await cameIn()).toEqual([[14_000, 0]])
  await takeOutCheque(owner, { id: uuid(), chequeId: cheque.id, state: 'withdrawn', on: plainDate('2026-11-22'), reason: 'הוחלף', fee: 0 }, () => 'שיק שהוחזר')
  expect(await cameIn()).toEqual([[14_000, -4_000]])
  await pay(inCenter, { id: uuid(), method: 'card', amount: 10_000, reference: '' })
  expect(await cameIn()).toEqual([[14_000, 6_000]])
})
