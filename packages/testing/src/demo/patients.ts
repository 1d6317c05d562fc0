import type { Sealer, Vault } from '@yoman/db/keys/vault'
import { readIsraeliId } from '@yoman/domain/people/national-id'
import { soundsOf } from '@yoman/domain/people/name-sound'
import { searchName } from '@yoman/domain/people/search-name'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Rows } from './insert.ts'
import { type NamePool, namePools } from './names.ts'
import type { Random } from './random.ts'

export interface DemoPatient {
  id: string
  givenName: string
  familyName: string
  language: 'he' | 'ar' | 'ru' | 'en'
  phone: string
  email: string | null
  eInvoice: boolean
  birthDate: PlainDate
  city: string
  street: string
}

export interface Sealing {
  vault: Vault
  sealer: Sealer
  clinicId: string
}

const cities = ['תל אביב-יפו', 'רמת גן', 'גבעתיים', 'חולון', 'חיפה', 'נשר', 'קריית אתא', 'נצרת'] as const
const streets = ['הרצל', 'ז׳בוטינסקי', 'ביאליק', 'סוקולוב', 'העצמאות', 'הגפן', 'הנביאים'] as const
const sources = ['המלצה של מטופל', 'גוגל', 'קופת החולים', 'עברו ליד המרפאה', ''] as const
const funds = ['101', '102', '103', '104'] as const
const alerts = ['אלרגיה לפניצילין', 'מדללי דם (אליקוויס)', 'סוכרת סוג 2', 'הריון, שבוע 24', 'קוצב לב', 'רגישות ללטקס'] as const

/** @param now sets ages and when consents were given. @returns the patients, the first of them the most frequent visitors. */
export function makePatients(random: Random, rows: Rows, sealing: Sealing, count: number, now: Instant): DemoPatient[] {
  const today = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate()
  return Array.from({ length: count }, (_, index) => makePatient(random, rows, sealing, index, today, now))
}

function makePatient(random: Random, rows: Rows, sealing: Sealing, index: number, today: PlainDate, now: Instant): DemoPatient {
  const pool = pickPool(random)
  const female = random.chance(0.54)
  const [givenName, givenLatin] = random.pick(female ? pool.female : pool.male)
  const [familyName, familyLatin] = random.pick(pool.family)
  const email = random.chance(0.7) ? `${givenLatin}.${familyLatin}.${index}@example.com`.toLowerCase().replace(/[^a-z0-9.@]/g, '') : null
  const patient = {
    id: random.id(), givenName, familyName, language: pool.language, email,
    phone: `+97255${String(5_000_000 + index * 7).padStart(7, '0')}`,
    eInvoice: email !== null && random.chance(0.9),
    city: random.pick(cities),
    street: `${random.pick(streets)} ${random.int(1, 120)}`,
  }
  const birthDate = today.subtract({ days: random.int(1_200, 30_000) })
  addPatient(random, rows, sealing, patient, { givenLatin, familyLatin, female, birthDate, nationalId: nationalId(index) })
  addConsents(random, rows, sealing.clinicId, patient, now)
  return { ...patient, birthDate }
}

function addPatient(random: Random, rows: Rows, { vault, sealer, clinicId: clinic_id }: Sealing, patient: Omit<DemoPatient, 'birthDate'>, more: { givenLatin: string; familyLatin: string; female: boolean; birthDate: PlainDate; nationalId: string }): void {
  const { id, givenName, familyName, language, phone } = patient
  const latin = language !== 'en'
  rows.add('patient', {
    clinic_id, id, given_name: givenName, family_name: familyName,
    given_name_latin: latin ? more.givenLatin : '', family_name_latin: latin ? more.familyLatin : '',
    identifier_kind: 'national_id', identifier_country: 'IL',
    identifier_sealed: sealer.seal({ table: 'patient', column: 'identifier_sealed', rowId: id }, more.nationalId),
    identifier_index: vault.blindIndex(clinic_id, 'national_id', more.nationalId),
    birth_date: more.birthDate.toString(), sex: more.female ? 'female' : 'male', email: patient.email,
    street: patient.street, city: patient.city, health_fund: random.pick(funds), language,
    alerts_sealed: random.chance(0.12) ? sealer.seal({ table: 'patient', column: 'alerts_sealed', rowId: id }, random.pick(alerts)) : null,
    referral_source: random.pick(sources),
  })
  rows.add('patient_phone', { clinic_id, id: random.id(), patient_id: id, number: phone, typed: phone.replace('+972', '0'), label: 'mobile', rank: 0 })
  const [given, family] = [searchName(givenName), searchName(familyName)]
  const [givenLatin, familyLatin] = latin ? [searchName(more.givenLatin), searchName(more.familyLatin)] : ['', '']
  rows.add('patient_search', {
    clinic_id, patient_id: id, family_given: `${family} ${given}`, given_family: `${given} ${family}`,
    latin_family_given: `${familyLatin} ${givenLatin}`.trim(), latin_given_family: `${givenLatin} ${familyLatin}`.trim(),
    phones: `${phone.slice(1)} 0${phone.slice(4)}`,
    sounds: soundsOf({ givenName, familyName, givenNameLatin: latin ? more.givenLatin : '', familyNameLatin: latin ? more.familyLatin : '' }),
  })
}

function addConsents(random: Random, rows: Rows, clinic_id: string, patient: Omit<DemoPatient, 'birthDate'>, now: Instant): void {
  const add = (channel: string, purpose: string, state: string) =>
    rows.add('consent', { clinic_id, id: random.id(), patient_id: patient.id, channel, purpose, state, source: 'form', evidence: 'טופס קבלה חתום', recorded_at: now.subtract({ hours: 24 * random.int(60, 900) }).toString() })
  add('sms', 'service', random.chance(0.97) ? 'given' : 'refused')
  if (patient.eInvoice) add('email', 'e_invoice', 'given')
  if (random.chance(0.4)) add('sms', 'marketing', 'given')
}

function pickPool(random: Random): NamePool {
  let at = random.next()
  for (const pool of namePools) if ((at -= pool.share) < 0) return pool
  return namePools[0] as NamePool // the list is never empty
}

/** An identity number nobody can hold against a real person's: from the top of the range, with a fitting check digit. */
function nationalId(index: number): string {
  const body = String(80_000_000 + index).padStart(8, '0')
  const digit = Array.from({ length: 10 }, (_, last) => `${body}${last}`).find((number) => readIsraeliId(number))
  return digit ?? body
}
