import { planDeclaration } from '@yoman/documents/plans/words'
import { planSheet } from '@yoman/documents/plans/model'
import { drawSheet } from '@yoman/documents/sheets/draw'
import type { Instant } from '@yoman/domain/time'
import type { FilingContext } from '@yoman/use-cases/attachments/context'
import { fileAttachment } from '@yoman/use-cases/attachments/file'
import { acceptPlan, readSigned } from '@yoman/use-cases/plans/accept'
import { showPlan } from '@yoman/use-cases/plans/shown'
import { beginPlan, stepPlan, writePlan } from '@yoman/use-cases/plans/write'
import { type FilingServices, filingContextOf } from './attachments.ts'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import { makeRandom, type Random } from './random.ts'

const ideas = [
  { title: 'שיקום שן 36', phases: [{ title: 'טיפול שורש', codes: ['D3330'], tooth: '36', minutes: 60 }, { title: 'כתר', codes: ['D2740'], tooth: '36', minutes: 40 }] },
  { title: 'סתימות בצד שמאל', phases: [{ title: '', codes: ['D2391', 'D2392'], tooth: '24', minutes: 40 }] },
  { title: 'חניכיים וניקוי', phases: [{ title: 'הסרת אבנית', codes: ['D1110'], tooth: null, minutes: 40 }] },
]
const mostPlans = 6

/** A few plans that patients signed in the last weeks, so that the desk's list of what was agreed is not empty; and one that is only offered. */
export async function signSamplePlans(services: FilingServices, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant): Promise<void> {
  const random = makeRandom(28) // its own, so that the rest of the demo stays as it is
  const past = visits.filter(({ status, practitioner }) => status === 'completed' && practitioner.profession === 'doctor')
  const chosen = new Map(past.slice(-60).map((visit) => [visit.patient.id, visit]))
  for (const [index, visit] of [...chosen.values()].slice(0, mostPlans).entries()) {
    const ctx = filingContextOf(services, clinic, visit.practitioner.staffId, now.subtract({ hours: 24 * (3 + 9 * index) }))
    await signOne(random, ctx, clinic, visit, ideas[index % ideas.length], index < mostPlans - 1)
  }
}

async function signOne(random: Random, ctx: FilingContext, clinic: DemoClinic, visit: DemoVisit, idea: (typeof ideas)[number] | undefined, sign: boolean): Promise<void> {
  if (!idea) return
  const id = random.id()
  const branchId = clinic.branches[0]?.id ?? ''
  const begun = await beginPlan(ctx, { id, patientId: visit.patient.id, branchId, title: idea.title })
  const typeOf = (code: string | undefined) => clinic.visitTypes.find((one) => one.priceCode === code)?.id ?? null
  const phases = idea.phases.map(({ title, codes, tooth, minutes }) => ({
    id: random.id(), title, minutes, visitTypeId: typeOf(codes[0]), practitionerId: null,
    items: codes.flatMap((code) => clinic.prices.filter((price) => price.code === code)).map((price) => ({ id: random.id(), priceItemId: price.id, quantity: 1, tooth })),
  }))
  const written = await writePlan(ctx, id, { version: begun.version, title: idea.title, remarks: '', phases })
  await stepPlan(ctx, id, { version: written.version, to: 'offered' })
  if (!sign) return
  const { hash, shown } = await showPlan(ctx, id, 'he', planDeclaration)
  const attachmentId = random.id()
  await acceptPlan(ctx, id, { id: random.id(), attachmentId, language: 'he', hash, signature: { name: shown.patient.name, signer: 'patient', strokes: scribble(random) } }, planDeclaration)
  const signed = await readSigned(ctx, id)
  if (signed) await fileAttachment(ctx, { id: attachmentId, patientId: visit.patient.id, kind: 'form', takenOn: signed.signature.signedOn, appointmentId: null, fileName: `${idea.title}.pdf`, bytes: await drawSheet(planSheet(signed.shown, signed.signature)) })
}

/** Somebody's hand, more or less. */
const scribble = (random: Random): [number, number][][] => [Array.from({ length: 40 }, (_, at): [number, number] => [60 + at * 20, 200 + Math.round(Math.sin(at / 2) * random.int(40, 110))])]
