import { createHash } from 'node:crypto'
import { makeVault, type Vault } from '@yoman/db/keys/vault'
import type { Pool } from '@yoman/db/connect'
import type { Tx } from '@yoman/db/database'
import type { Actor, Role } from '@yoman/domain/access'
import { type Instant, instant, plainTime } from '@yoman/domain/time'
import { type Context, systemContext } from '@yoman/use-cases/context'
import { createPatient } from '@yoman/use-cases/patients/create'
import { transact } from '@yoman/use-cases/transact'
import { type CastPlan, type PatientPlan, hadarPlan, thamesPlan } from './cast-plan.ts'

export { hadarPlan, thamesPlan } from './cast-plan.ts'

/** A Sunday, 09:00 in Jerusalem and 07:00 in London: the moment at which the cast's stories begin. */
export const castNow = instant('2026-11-22T07:00:00Z')

/** The password of everybody in the cast, and its argon2id hash made once and for all. */
export const castPassword = 'cast: open sesame 7'
const castPasswordHash = '$argon2id$v=19$m=65536,t=3,p=1$/14KuL+Xf7htFpEHd3U1Tw$bQmuL8wBaZ6bznhX2oXrOQMaDWf8cDRP5MrTYCxXI4Q'

/** Keys of tests alone. */
export const testVault = (): Vault => makeVault(Buffer.alloc(32, 7), Buffer.alloc(32, 9))

export interface CastPerson {
  id: string
  email: string
  name: string
  roles: Role[]
  /** Empty: works in every branch. */
  branchIds: string[]
}

type People = 'owner' | 'receptionist' | 'doctor' | 'hygienist' | 'assistant' | 'accountant' | 'otherDoctor' | 'northReceptionist'

/** One clinic of the cast. All ids are the same in every run, made from the names. */
export interface CastClinic {
  id: string
  name: string
  timeZone: string
  /** `north` is a second branch in the same town. */
  branches: { center: string; north: string }
  staff: Record<People, CastPerson>
  /** Resource ids; the practitioner of a person. All work Sunday to Thursday 08:00-16:00 in the centre with a break 12:00-13:00; `otherDoctor` the same in the north. */
  practitioners: { doctor: string; hygienist: string; otherDoctor: string }
  /** Chairs 1 and 2 and the room stand in the centre, chair 3 in the north. */
  places: { chair1: string; chair2: string; room: string; chair3: string }
  /** checkUp: doctor, 30 minutes, a chair. cleaning: hygienist, 45, a chair, 5 to clean up. talk: doctor, 20, no place of its own. surgery: doctor, 60, the room. */
  visitTypes: { checkUp: string; cleaning: string; talk: string; surgery: string }
  /** 180, 320, 450 and 0 shekels. */
  prices: { exam: string; cleaning: string; filling: string; advice: string }
  patients: Record<PatientPlan['key'], string>
}

export interface Cast {
  /** Hebrew, Asia/Jerusalem. */
  hadar: CastClinic
  /** English, Europe/London: whoever may see one must never see the other. */
  thames: CastClinic
  vault: Vault
}

/** Puts both clinics into an empty database. @param pool `database.apiPool`: row-level security must hold it, for the use cases lean on that. */
export async function insertCast(pool: Pool, vault = testVault(), now: Instant = castNow): Promise<Cast> {
  return { hadar: await insertClinic(pool, vault, hadarPlan, now), thames: await insertClinic(pool, vault, thamesPlan, now), vault }
}

/** The context of one of the cast, for use cases: what the API makes of a request. @param pool usually `database.apiPool`. */
export function castContext(cast: Cast, clinic: CastClinic, who: People, pool: Pool, now: Instant = castNow): Context {
  const { id, roles, branchIds } = clinic.staff[who]
  const actor: Actor = { kind: 'staff', staffId: id, roles, branchIds }
  return { pool, vault: cast.vault, clinicId: clinic.id, actor, now, requestId: null, sessionId: null, ip: null }
}

/** A UUID of version 7 made from words: the same words, the same id. */
export function castId(...words: string[]): string {
  const hex = createHash('sha256').update(words.join('/')).digest('hex')
  return `01900000-0000-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}

const people: { key: People; roles: Role[]; profession?: 'doctor' | 'hygienist'; north?: true }[] = [
  { key: 'owner', roles: ['owner'] },
  { key: 'receptionist', roles: ['receptionist'] },
  { key: 'doctor', roles: ['doctor'], profession: 'doctor' },
  { key: 'hygienist', roles: ['hygienist'], profession: 'hygienist' },
  { key: 'assistant', roles: ['assistant'] },
  { key: 'accountant', roles: ['accountant'] },
  { key: 'otherDoctor', roles: ['doctor'], profession: 'doctor' },
  { key: 'northReceptionist', roles: ['receptionist'], north: true },
]

function describeClinic(plan: CastPlan): CastClinic {
  const id = (...words: string[]): string => castId(plan.key, ...words)
  const named = <K extends string>(kind: string, ...keys: K[]): Record<K, string> =>
    Object.fromEntries(keys.map((key) => [key, id(kind, key)])) as Record<K, string> // fromEntries forgets the keys
  const branches = named('branch', 'center', 'north')
  const staff = people.map(({ key, roles, north }): [People, CastPerson] => {
    const name = plan.staffNames[key]
    return [key, { id: id('staff', key), email: `${key.toLowerCase()}@${plan.key}.example`, name, roles, branchIds: north ? [branches.north] : [] }]
  })
  return {
    id: id('clinic'),
    name: plan.name,
    timeZone: plan.timeZone,
    branches,
    staff: Object.fromEntries(staff) as CastClinic['staff'], // every key of `people` is there
    practitioners: named('practitioner', 'doctor', 'hygienist', 'otherDoctor'),
    places: named('place', 'chair1', 'chair2', 'room', 'chair3'),
    visitTypes: named('visit-type', 'checkUp', 'cleaning', 'talk', 'surgery'),
    prices: named('price', 'exam', 'cleaning', 'filling', 'advice'),
    patients: Object.fromEntries(plan.patients.map(({ key }) => [key, id('patient', key)])) as CastClinic['patients'], // both plans have every key
  }
}

async function insertClinic(pool: Pool, vault: Vault, plan: CastPlan, now: Instant): Promise<CastClinic> {
  const clinic = describeClinic(plan)
  const scope = { pool, clinicId: clinic.id }
  await transact(scope, async (tx) => {
    await tx.insertInto('clinic').values({ id: clinic.id, name: plan.name, legal_name: plan.name, vat_number: '514000000', language: plan.language, email: `office@${plan.key}.example`, phone: plan.phone }).execute()
    await vault.createDataKey(tx, clinic.id)
    await insertBranches(tx, clinic, plan)
    for (const { key } of people) await insertPerson(tx, clinic.id, clinic.staff[key], plan)
    await insertPrices(tx, clinic)
    await insertVisitTypes(tx, clinic)
    await insertPlaces(tx, clinic)
    for (const { key, profession } of people) {
      if (profession) await insertPractitioner(tx, clinic, key as keyof CastClinic['practitioners'], profession) // exactly these three have a profession
    }
  })
  const ctx = systemContext({ pool, vault }, clinic.id, now)
  for (const patient of plan.patients) await insertPatient(ctx, clinic, patient)
  return clinic
}

async function insertBranches(tx: Tx, clinic: CastClinic, plan: CastPlan): Promise<void> {
  for (const [key, id] of Object.entries(clinic.branches)) {
    const row = { clinic_id: clinic.id, id, name: key === 'center' ? plan.centerName : plan.northName, address: plan.address, city: plan.city, phone: plan.phone, time_zone: plan.timeZone }
    await tx.insertInto('branch').values(row).execute()
    const hours = [7, 1, 2, 3, 4].map((weekday) => ({ clinic_id: clinic.id, id: castId(id, 'opens', String(weekday)), branch_id: id, weekday, opens: plainTime('07:30'), closes: plainTime('19:00') }))
    await tx.insertInto('opening_hours').values(hours).execute()
  }
}

async function insertPerson(tx: Tx, clinic_id: string, person: CastPerson, plan: CastPlan): Promise<void> {
  const { id, name, email } = person
  await tx.insertInto('staff').values({ clinic_id, id, name, email, language: plan.language }).execute()
  await tx.insertInto('login').values({ clinic_id, staff_id: id, email, password_hash: castPasswordHash }).execute()
  const places = person.branchIds.length === 0 ? [null] : person.branchIds
  const held = person.roles.flatMap((role) => places.map((branch_id) => ({ clinic_id, id: castId(id, role, branch_id ?? ''), staff_id: id, role, branch_id })))
  await tx.insertInto('staff_role').values(held).execute()
}

async function insertPrices(tx: Tx, { id: clinic_id, prices }: CastClinic): Promise<void> {
  const rows = [
    { clinic_id, id: prices.exam, code: 'D0120', name: 'בדיקה', name_en: 'Examination', price_agorot: 18_000 },
    { clinic_id, id: prices.cleaning, code: 'D1110', name: 'הסרת אבנית', name_en: 'Scaling', price_agorot: 32_000 },
    { clinic_id, id: prices.filling, code: 'D2391', name: 'סתימה', name_en: 'Filling', price_agorot: 45_000 },
    { clinic_id, id: prices.advice, code: 'D9430', name: 'ייעוץ', name_en: 'Advice', price_agorot: 0 },
  ]
  await tx.insertInto('price_item').values(rows).execute()
}

async function insertVisitTypes(tx: Tx, { id: clinic_id, visitTypes, prices }: CastClinic): Promise<void> {
  const common = { clinic_id, public_name: 'תור', public_name_en: 'visit', buffer_after_minutes: 0 }
  const rows = [
    { ...common, id: visitTypes.checkUp, name: 'בדיקה', name_en: 'Check-up', profession: 'doctor' as const, duration_minutes: 30, place_kind: 'chair' as const, price_item_id: prices.exam },
    { ...common, id: visitTypes.cleaning, name: 'ניקוי', name_en: 'Cleaning', profession: 'hygienist' as const, duration_minutes: 45, place_kind: 'chair' as const, price_item_id: prices.cleaning, buffer_after_minutes: 5 },
    { ...common, id: visitTypes.talk, name: 'שיחה', name_en: 'Talk', profession: 'doctor' as const, duration_minutes: 20, place_kind: null, price_item_id: prices.advice },
    { ...common, id: visitTypes.surgery, name: 'ניתוח', name_en: 'Surgery', profession: 'doctor' as const, duration_minutes: 60, place_kind: 'room' as const, price_item_id: prices.filling },
  ]
  await tx.insertInto('visit_type').values(rows).execute()
}

async function insertPlaces(tx: Tx, { id: clinic_id, places, branches }: CastClinic): Promise<void> {
  const rows = [
    { clinic_id, id: places.chair1, kind: 'chair' as const, name: 'כיסא 1', name_en: 'Chair 1', branch_id: branches.center, sort: 11 },
    { clinic_id, id: places.chair2, kind: 'chair' as const, name: 'כיסא 2', name_en: 'Chair 2', branch_id: branches.center, sort: 12 },
    { clinic_id, id: places.room, kind: 'room' as const, name: 'חדר ניתוח', name_en: 'Surgery room', branch_id: branches.center, sort: 13 },
    { clinic_id, id: places.chair3, kind: 'chair' as const, name: 'כיסא 3', name_en: 'Chair 3', branch_id: branches.north, sort: 14 },
  ]
  await tx.insertInto('resource').values(rows).execute()
}

async function insertPractitioner(tx: Tx, clinic: CastClinic, key: keyof CastClinic['practitioners'], profession: 'doctor' | 'hygienist'): Promise<void> {
  const [clinic_id, id] = [clinic.id, clinic.practitioners[key]]
  const { id: staff_id, name } = clinic.staff[key]
  await tx.insertInto('resource').values({ clinic_id, id, kind: 'practitioner', name, branch_id: null, sort: people.findIndex((one) => one.key === key) }).execute()
  await tx.insertInto('practitioner').values({ clinic_id, id, staff_id, profession }).execute()
  const branch_id = key === 'otherDoctor' ? clinic.branches.north : clinic.branches.center
  const shifts = [['08:00', '12:00'], ['13:00', '16:00']] as const
  const hours = [7, 1, 2, 3, 4].flatMap((weekday) =>
    shifts.map(([starts, ends]) => ({ clinic_id, id: castId(id, String(weekday), starts), resource_id: id, branch_id, weekday, starts: plainTime(starts), ends: plainTime(ends), valid_from: null, valid_to: null })),
  )
  await tx.insertInto('working_hours').values(hours).execute()
}

async function insertPatient(ctx: Context, clinic: CastClinic, plan: PatientPlan): Promise<void> {
  const { key, consents, guardian, ...typed } = plan
  const id = clinic.patients[key]
  await createPatient(ctx, { id, ...typed })
  await transact(ctx, async (tx) => {
    const rows = consents.map(([channel, purpose, state]) => ({ clinic_id: clinic.id, id: castId(id, channel, purpose), patient_id: id, channel, purpose, state, source: 'desk' as const, recorded_at: ctx.now, recorded_by: clinic.staff.receptionist.id }))
    if (rows.length > 0) await tx.insertInto('consent').values(rows).execute()
    if (guardian) await tx.insertInto('patient_relation').values({ clinic_id: clinic.id, id: castId(id, 'guardian'), patient_id: id, related_id: clinic.patients[guardian], kind: 'guardian', told: ['appointments', 'clinical', 'money'] }).execute()
  })
}
