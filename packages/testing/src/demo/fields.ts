import { sql } from 'kysely'
import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Role } from '@yoman/domain/access'
import type { FieldOption, FieldSubject, Labels } from '@yoman/domain/fields/field'
import type { FieldValue } from '@yoman/domain/fields/value'
import type { Instant } from '@yoman/domain/time'
import type { Context } from '@yoman/use-cases/context'
import { defineField, type NewField } from '@yoman/use-cases/fields/define'
import { writeValues } from '@yoman/use-cases/fields/values'
import { read } from '@yoman/use-cases/transact'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import { makeRandom, type Random } from './random.ts'

export const said = (he = '', en = '', ar = '', ru = ''): Labels => ({ he, en, ar, ru })
const option = (key: string, labels: Labels, alert = false): FieldOption => ({ key, labels, alert, retired: false })
const alerting = (key: string, labels: Labels): FieldOption => option(key, labels, true)

const general = said('פרטים נוספים', 'More details', 'تفاصيل إضافية', 'Дополнительные сведения')
const health = said('מצב רפואי', 'Health', 'الحالة الصحية', 'Состояние здоровья')
const yes = said('כן', 'Yes', 'نعم', 'Да')
const no = said('לא', 'No', 'لا', 'Нет')

type Given = Partial<NewField> & Pick<NewField, 'key' | 'kind' | 'labels'>
const clinical = { group: health, sensitivity: 'clinical', asked: 'first' } as const

/** What the demo clinic asks, in the order in which it stands. */
const fields: readonly Given[] = [
  { key: 'family_doctor', kind: 'text', group: general, asked: 'first', labels: said('רופא/ת המשפחה', 'Family doctor', 'طبيب العائلة', 'Семейный врач') },
  { key: 'insurance', kind: 'choice', group: general, asked: 'first', labels: said('ביטוח שיניים', 'Dental insurance', 'تأمين الأسنان', 'Стоматологическая страховка'), options: [option('none', said('אין', 'None', 'لا يوجد', 'Нет')), option('fund', said('ביטוח משלים של הקופה', 'Health fund supplement', 'تأمين مكمّل من صندوق المرضى', 'Дополнительная страховка кассы')), option('private', said('ביטוח פרטי', 'Private', 'تأمين خاص', 'Частная'))] },
  { key: 'payment_terms', kind: 'text', group: general, sensitivity: 'money', labels: said('הסדר תשלום', 'Payment terms') },
  { ...clinical, key: 'allergies', kind: 'choices', labels: said('אלרגיות', 'Allergies', 'الحساسية', 'Аллергия'), hints: said('אפשר לסמן כמה.', 'Choose all that apply.', 'يمكن اختيار أكثر من إجابة.', 'Можно отметить несколько.'), options: [alerting('penicillin', said('פניצילין', 'Penicillin', 'البنسلين', 'Пенициллин')), alerting('latex', said('לטקס', 'Latex', 'اللاتكس', 'Латекс')), alerting('anaesthetic', said('חומרי הרדמה מקומית', 'Local anaesthetics', 'التخدير الموضعي', 'Местные анестетики')), alerting('aspirin', said('אספירין או משככי כאבים', 'Aspirin or painkillers', 'الأسبرين أو المسكنات', 'Аспирин или обезболивающие')), option('none', said('אין אלרגיות ידועות', 'No known allergies', 'لا توجد حساسية معروفة', 'Аллергии нет'))] },
  { ...clinical, key: 'blood_thinners', kind: 'choice', labels: said('תרופות לדילול הדם', 'Blood thinners', 'أدوية مميّعة للدم', 'Препараты, разжижающие кровь'), hints: said('למשל אליקוויס, קומדין, קסרלטו, פלביקס או אספירין.', 'For example Eliquis, Coumadin, Xarelto, Plavix or aspirin.', 'مثل إليكويس أو كومادين أو زاريلتو أو بلافيكس أو الأسبرين.', 'Например, Эликвис, Кумадин, Ксарелто, Плавикс или аспирин.'), options: [alerting('yes', yes), option('no', no)] },
  { ...clinical, key: 'pregnant', kind: 'choice', labels: said('הריון', 'Pregnancy', 'الحمل', 'Беременность'), options: [alerting('yes', yes), option('no', no), option('not_relevant', said('לא רלוונטי', 'Does not apply', 'لا ينطبق', 'Не относится'))] },
  { ...clinical, key: 'conditions', kind: 'choices', labels: said('מחלות ומצבים', 'Conditions', 'الأمراض والحالات', 'Заболевания'), options: [alerting('heart', said('מחלת לב או מסתם', 'Heart disease or a valve', 'مرض في القلب أو الصمامات', 'Болезнь сердца или клапана')), alerting('pacemaker', said('קוצב לב', 'Pacemaker', 'منظّم ضربات القلب', 'Кардиостимулятор')), option('hypertension', said('יתר לחץ דם', 'High blood pressure', 'ارتفاع ضغط الدم', 'Повышенное давление')), alerting('diabetes', said('סוכרת', 'Diabetes', 'السكري', 'Диабет')), alerting('bisphosphonates', said('טיפול לבריחת סידן (ביספוספונטים)', 'Bisphosphonates for bone loss', 'علاج هشاشة العظام (بيسفوسفونات)', 'Бисфосфонаты при остеопорозе')), option('none', said('אף אחד מאלה', 'None of these', 'لا شيء مما ذكر', 'Ничего из перечисленного'))] },
  { ...clinical, key: 'medicines', kind: 'text', labels: said('תרופות קבועות', 'Regular medicines', 'الأدوية الدائمة', 'Постоянно принимаемые лекарства') },
  { ...clinical, key: 'smoking', kind: 'choice', labels: said('עישון', 'Smoking', 'التدخين', 'Курение'), options: [option('yes', yes), option('no', no), option('past', said('בעבר', 'In the past', 'في الماضي', 'В прошлом'))] },
  { ...clinical, key: 'weight', kind: 'number', unit: 'ק״ג', asked: 'never', labels: said('משקל', 'Weight', 'الوزن', 'Вес') },
  { ...clinical, key: 'height', kind: 'number', unit: 'ס״מ', asked: 'never', labels: said('גובה', 'Height', 'الطول', 'Рост') },
  { ...clinical, key: 'bmi', kind: 'calculated', asked: 'never', labels: said('BMI', 'BMI'), formula: 'round(weight / (height * height / 10000), 1)' },
  { subject: 'visit', key: 'escort', kind: 'choice', asked: 'each_visit', labels: said('מלווה לביקור', 'Accompanied by'), options: [option('nobody', said('ללא', 'Nobody')), option('parent', said('הורה', 'A parent')), option('other', said('מישהו אחר', 'Somebody else'))] },
  { subject: 'note', key: 'anaesthesia', kind: 'choice', sensitivity: 'clinical', asked: 'each_visit', labels: said('הרדמה', 'Anaesthesia'), options: [option('none', said('ללא', 'None')), option('infiltration', said('הסננה', 'Infiltration')), option('block', said('הולכה', 'Nerve block'))] },
  { subject: 'note', key: 'blood_pressure', kind: 'text', sensitivity: 'clinical', labels: said('לחץ דם', 'Blood pressure') },
]

const asField = (id: string, given: Given): NewField => ({ id, subject: 'patient', hints: said(), group: said(), options: [], unit: '', formula: '', sensitivity: 'desk', editors: [], asked: 'never', raisesAlert: false, ...given })

export const demoContext = (services: { pool: Pool; vault: Vault }, clinic: DemoClinic, roles: Role[], now: Instant): Context => ({
  ...services, clinicId: clinic.clinicId, now, requestId: null, sessionId: null, ip: null,
  actor: { kind: 'staff', staffId: clinic.practitioners[0]?.staffId ?? null, roles, branchIds: [] },
})

/** The clinic's own fields, by `subject.key`, and what is known of those who come today. */
export async function makeFields(services: { pool: Pool; vault: Vault }, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant): Promise<Map<string, string>> {
  const random = makeRandom(30) // its own, so that the rest of the demo stays as it is
  const ctx = demoContext(services, clinic, ['owner', 'doctor'], now)
  const ids = new Map<string, string>()
  for (const given of fields) {
    const field = asField(random.id(), given)
    await defineField(ctx, field)
    ids.set(`${field.subject}.${field.key}`, field.id)
  }
  for (const id of await adults(ctx, comingOn(visits, now).slice(0, 30))) await record(ctx, 'patient', id, ids, habits(random))
  return ids
}

/** Those of the patients who answer for themselves, each once. */
export async function adults(ctx: Context, visits: readonly DemoVisit[]): Promise<string[]> {
  const ids = [...new Set(visits.map(({ patient }) => patient.id))]
  if (ids.length === 0) return [] // a Sabbath
  const since = ctx.now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().subtract({ years: 18 }).toString()
  const grown = await read(ctx, (db) => db.selectFrom('patient').select('id').where('id', 'in', ids).where(sql<boolean>`birth_date <= ${since}::date`).execute())
  return ids.filter((id) => grown.some((patient) => patient.id === id))
}

/** Visits of that day that stand. */
export const comingOn = (visits: readonly DemoVisit[], now: Instant): DemoVisit[] => {
  const day = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate()
  return visits.filter(({ start, status }) => status !== 'cancelled' && start.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().equals(day))
}

const habits = (random: Random): Record<string, FieldValue> => ({
  family_doctor: random.pick(['ד״ר רונן אלמוג', 'ד״ר יעל פרץ', 'ד״ר סמיר חדאד', 'ד״ר אירינה לוין'] as const),
  insurance: random.pick(['none', 'fund', 'private'] as const),
  smoking: random.pick(['no', 'no', 'past', 'yes'] as const),
  weight: random.int(52, 98),
  height: random.int(155, 190),
})

async function record(ctx: Context, subject: FieldSubject, id: string, ids: ReadonlyMap<string, string>, values: Record<string, FieldValue>): Promise<void> {
  const typed = Object.entries(values).flatMap(([key, value]) => {
    const fieldId = ids.get(`${subject}.${key}`)
    return fieldId ? [{ fieldId, value, version: 0 }] : []
  })
  await writeValues(ctx, subject, id, typed)
}
