import type { Instant } from '@yoman/domain/time'
import { addMinutes } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import { demoDiscount } from './discounts.ts'
import type { Rows } from './insert.ts'
import type { Sealing } from './patients.ts'
import type { Random } from './random.ts'

/** What is written of a visit, by the code of what is done in it. */
const notes: Record<string, readonly [string, ...string[]]> = {
  D0120: ['בדיקה קלינית: רקמות רכות תקינות. עששת במגע דיסטלי שן 36. הוסבר למטופל/ת והומלץ על שיקום.', 'בדיקה תקופתית: אין ממצא חדש, היגיינה טובה. ביקורת בעוד חצי שנה.'],
  D0150: ['בדיקה ראשונה: נרשמה אנמנזה, צולם סטטוס. הוצגה תוכנית טיפול עם עלויות.'],
  D2391: ['אילחוש מקומי (לידוקאין 2%). הוסרה עששת, שוקמה שן בחומר מרוכב, סגר נבדק ולוטש. ללא סיבוכים.'],
  D3330: ['טיפול שורש, ביקור ראשון: פתיחת חדר, מדידת אורך עבודה, חבישת סידן. לחזור להמשך בעוד שבועיים.', 'טיפול שורש, המשך: הכנה ושטיפה, סתימת תעלות, צילום תקין. הופנה/תה לשיקום.'],
  D2740: ['מדידה לכתר: השחזה, מטבע סיליקון, כתר זמני. גוון A2. המעבדה תחזיר תוך 10 ימים.'],
  D7140: ['עקירה פשוטה של שן 28, המוסטזיס תקין. ניתנו הוראות בכתב ובעל-פה.'],
  D8660: ['ייעוץ: הוצגו שתי אפשרויות טיפול עם עלויות. המטופל/ת יחזור/תחזור עם החלטה.'],
  D9110: ['כאב בנשיכה בצד ימין למטה. רגישות לניקוש בשן 46, צילום: הרחבת PDL. נרשם: איבופרופן 400 מ"ג לפי הצורך.'],
  D1110: [
    'הסרת אבנית על-חניכית ותת-חניכית, ליטוש. היגיינה בינונית, הודרך/ה בשימוש בחוט דנטלי. ביקורת בעוד חצי שנה.',
    'דימום קל בבדיקה באזור 34-36. כיסים עד 4 מ"מ. הומלץ על שטיפת כלורהקסידין לשבועיים.',
  ],
  D1206: ['ניקוי ופלואוריד, שיתוף פעולה מצוין. הודגם צחצוח.'],
}
const plainNote = ['בוצע כמתוכנן, ללא סיבוכים.'] as const
const orderNotes = ['המשך טיפול שורש', 'מסירת כתר מהמעבדה', 'ביקורת אחרי עקירה', 'ניקוי תקופתי', 'שיקום שן 36'] as const

/** What was done at each past visit, signed, and the next-visit orders that the desk has not booked yet. */
export function makeRecord(random: Random, rows: Rows, sealing: Sealing, clinic: DemoClinic, visits: DemoVisit[], now: Instant): Map<DemoVisit, { encounterId: string; lines: DemoLine[] }> {
  const done = new Map<DemoVisit, { encounterId: string; lines: DemoLine[] }>()
  for (const visit of visits) if (visit.status === 'completed') done.set(visit, addEncounter(random, rows, sealing, clinic, visit, done.size))
  const recent = [...done.keys()].filter((visit) => visit.practitioner.profession === 'doctor').slice(-120)
  for (const visit of recent) if (random.chance(0.16)) addOrder(random, rows, clinic, visit, done.get(visit)?.encounterId ?? null, now)
  return done
}

export interface DemoLine {
  priceId: string
  name: string
  agorot: number
  /** Agorot off it. */
  discount: number
}

function addEncounter(random: Random, rows: Rows, { sealer, clinicId: clinic_id }: Sealing, clinic: DemoClinic, visit: DemoVisit, place: number) {
  const encounterId = random.id()
  rows.add('encounter', {
    clinic_id, id: encounterId, patient_id: visit.patient.id, appointment_id: visit.id, practitioner_id: visit.practitioner.id, branch_id: visit.branchId,
    status: 'signed', started_at: visit.start.toString(), signed_at: visit.end.toString(), signed_by: visit.practitioner.staffId, version: 2,
  })
  const body = random.pick(notes[visit.type.priceCode] ?? plainNote)
  for (const [index, kind] of (['draft', 'signed'] as const).entries()) {
    const id = random.id()
    rows.add('note_version', {
      clinic_id, id, encounter_id: encounterId, seq: index + 1, kind, author_id: visit.practitioner.staffId, written_at: addMinutes(visit.end, index - 1).toString(),
      body_sealed: sealer.seal({ table: 'note_version', column: 'body_sealed', rowId: id }, kind === 'draft' ? body.slice(0, 30) : body),
    })
  }
  const lines = pickLines(random, clinic, visit)
  for (const [index, line] of lines.entries()) {
    const off = index === 0 ? demoDiscount(clinic, visit, place, line.agorot) : null
    line.discount = off?.discount_agorot ?? 0
    rows.add('procedure_done', {
      clinic_id, id: random.id(), encounter_id: encounterId, price_item_id: line.priceId, description: line.name, quantity: 1, unit_price_agorot: line.agorot,
      tooth: visit.practitioner.profession === 'doctor' ? `${random.int(1, 4)}${random.int(1, 8)}` : null, recorded_by: visit.practitioner.staffId, recorded_at: visit.end.toString(), ...off,
    })
  }
  return { encounterId, lines }
}

function pickLines(random: Random, clinic: DemoClinic, visit: DemoVisit): DemoLine[] {
  const codes = [visit.type.priceCode, ...(random.chance(0.2) ? ['D0220'] : [])]
  return clinic.prices.filter((price) => codes.includes(price.code)).map((price) => ({ priceId: price.id, name: price.name, agorot: price.agorot, discount: 0 }))
}

function addOrder(random: Random, rows: Rows, clinic: DemoClinic, visit: DemoVisit, encounter_id: string | null, now: Instant): void {
  const clinic_id = clinic.clinicId
  const id = random.id()
  const from = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().add({ days: random.int(2, 14) })
  rows.add('next_visit_order', {
    clinic_id, id, patient_id: visit.patient.id, encounter_id, branch_id: visit.branchId, ordered_by: visit.practitioner.staffId, status: 'open',
    from_date: from.toString(), to_date: from.add({ days: 14 }).toString(), note_to_desk: random.pick(orderNotes), created_at: visit.end.toString(),
  })
  const doctorType = clinic.visitTypes.find((type) => type.priceCode === 'D3330') ?? visit.type
  rows.add('next_visit_step', { clinic_id, order_id: id, step: 1, visit_type_id: doctorType.id, practitioner_id: visit.practitioner.id, duration_minutes: random.pick([30, 40, 60]), min_gap_days: 0, max_gap_days: 0 })
  const hygiene = clinic.visitTypes.find((type) => type.profession === 'hygienist')
  if (hygiene && random.chance(0.4))
    rows.add('next_visit_step', { clinic_id, order_id: id, step: 2, visit_type_id: hygiene.id, practitioner_id: null, duration_minutes: hygiene.minutes, min_gap_days: 0, max_gap_days: random.pick([0, 7]) })
}
