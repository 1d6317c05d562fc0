import { hash } from '@node-rs/argon2'
import type { Rows } from './insert.ts'
import { demoPassword } from './logins.ts'
import type { Random } from './random.ts'

/** The parts of the demo clinic that its diary and record are then built on. */
export interface DemoClinic {
  clinicId: string
  branches: { id: string; name: string; nameEn: string; phone: string }[]
  receptionistId: string
  ownerId: string
  practitioners: DemoPractitioner[]
  visitTypes: DemoVisitType[]
  prices: { id: string; code: string; name: string; agorot: number }[]
}

export interface DemoPractitioner {
  id: string
  name: string
  nameEn: string
  staffId: string
  profession: 'doctor' | 'hygienist'
  /** ISO weekday to the branch (its number) worked that day, and the chair used there. */
  week: Map<number, number>
  chairs: string[]
}

export interface DemoVisitType {
  id: string
  profession: 'doctor' | 'hygienist'
  minutes: number
  priceCode: string
  paper: 'none' | 'form_17'
}

type Week = [sunday: number | null, number | null, number | null, number | null, number | null, friday: number | null]

const staffPlan: { name: string; english: string; email: string; role: string; profession?: 'doctor' | 'hygienist'; title?: string; speciality?: string; colour?: string; week?: Week }[] = [
  { name: 'דפנה שקד', english: 'Dafna Shaked', email: 'owner', role: 'owner' },
  { name: 'רותי אלמוג', english: 'Ruti Almog', email: 'desk', role: 'receptionist' },
  { name: 'סיגל בר', english: 'Sigal Bar', email: 'desk2', role: 'receptionist' },
  { name: 'עדן נחום', english: 'Eden Nahum', email: 'desk3', role: 'receptionist' },
  { name: 'חנה גולן', english: 'Hana Golan', email: 'accountant', role: 'accountant' },
  { name: 'מור סלע', english: 'Mor Sela', email: 'assistant', role: 'assistant' },
  { name: 'ד״ר מיכל לוי', english: 'Dr Michal Levi', email: 'doctor', role: 'doctor', profession: 'doctor', title: 'ד״ר', speciality: 'רפואת שיניים', colour: '#0f766e', week: [0, 0, 0, 0, 0, 0] },
  { name: 'ד״ר יוסי כהן', english: 'Dr Yossi Cohen', email: 'cohen', role: 'doctor', profession: 'doctor', title: 'ד״ר', speciality: 'רפואת שיניים', colour: '#1d4ed8', week: [0, 0, 1, 0, 1, null] },
  { name: 'ד״ר נועה פרץ', english: 'Dr Noa Peretz', email: 'peretz', role: 'doctor', profession: 'doctor', title: 'ד״ר', speciality: 'יישור שיניים', colour: '#7c3aed', week: [0, 1, 0, 1, 0, 0] },
  { name: 'ד״ר אמיר חדד', english: 'Dr Amir Haddad', email: 'haddad', role: 'doctor', profession: 'doctor', title: 'ד״ר', speciality: 'טיפולי שורש', colour: '#b45309', week: [0, 0, 0, 0, 0, null] },
  { name: 'ד״ר אולגה שוורץ', english: 'Dr Olga Shvarts', email: 'shvarts', role: 'doctor', profession: 'doctor', title: 'ד״ר', speciality: 'כירורגיית פה ולסת', colour: '#be123c', week: [0, null, 0, null, 0, null] },
  { name: 'ד״ר איתן רוזן', english: 'Dr Eitan Rosen', email: 'rosen', role: 'doctor', profession: 'doctor', title: 'ד״ר', speciality: 'רפואת שיניים', colour: '#0369a1', week: [1, 1, 1, 1, 1, 1] },
  { name: 'ד״ר ליאן מנסור', english: 'Dr Lian Mansour', email: 'mansour', role: 'doctor', profession: 'doctor', title: 'ד״ר', speciality: 'רפואת שיניים לילדים', colour: '#4d7c0f', week: [1, 1, 1, 1, 1, null] },
  { name: 'שירי אזולאי', english: 'Shiri Azulay', email: 'hygienist', role: 'hygienist', profession: 'hygienist', speciality: 'שיננית', colour: '#a21caf', week: [0, 0, 0, 0, 0, 0] },
  { name: 'רותם ביטון', english: 'Rotem Biton', email: 'biton', role: 'hygienist', profession: 'hygienist', speciality: 'שיננית', colour: '#0e7490', week: [0, 1, 0, 1, 0, null] },
  { name: 'טניה לוין', english: 'Tania Levin', email: 'levin', role: 'hygienist', profession: 'hygienist', speciality: 'שיננית', colour: '#9a3412', week: [1, 1, 1, 1, 1, null] },
]

const priceList: [code: string, name: string, english: string, shekels: number][] = [
  ['D0120', 'בדיקה תקופתית', 'Periodic examination', 180],
  ['D0150', 'בדיקה ראשונה ותוכנית טיפול', 'First examination and plan', 280],
  ['D0210', 'צילום פנורמי', 'Panoramic X-ray', 160],
  ['D0220', 'צילום נשך', 'Bitewing X-ray', 60],
  ['D1110', 'הסרת אבנית', 'Scaling', 320],
  ['D1206', 'טיפול בפלואוריד', 'Fluoride treatment', 120],
  ['D2391', 'סתימה לבנה, משטח אחד', 'Composite filling, one surface', 450],
  ['D2392', 'סתימה לבנה, שני משטחים', 'Composite filling, two surfaces', 560],
  ['D2740', 'כתר חרסינה', 'Ceramic crown', 2900],
  ['D2950', 'מבנה', 'Core build-up', 690],
  ['D3310', 'טיפול שורש, שן קדמית', 'Root canal, front tooth', 1350],
  ['D3330', 'טיפול שורש, שן טוחנת', 'Root canal, molar', 2100],
  ['D7140', 'עקירה', 'Extraction', 480],
  ['D7240', 'עקירה כירורגית', 'Surgical extraction', 1200],
  ['D8660', 'ייעוץ יישור שיניים', 'Orthodontic consultation', 250],
  ['D9110', 'עזרה ראשונה', 'Emergency treatment', 350],
]

const typePlan: [name: string, english: string, profession: 'doctor' | 'hygienist', minutes: number, price: string, colour: string][] = [
  ['בדיקה תקופתית', 'Check-up', 'doctor', 20, 'D0120', '#0f766e'],
  ['ביקור ראשון', 'First visit', 'doctor', 40, 'D0150', '#1d4ed8'],
  ['סתימה', 'Filling', 'doctor', 40, 'D2391', '#b45309'],
  ['טיפול שורש', 'Root canal', 'doctor', 60, 'D3330', '#be123c'],
  ['כתר', 'Crown', 'doctor', 60, 'D2740', '#7c3aed'],
  ['עקירה', 'Extraction', 'doctor', 30, 'D7140', '#9a3412'],
  ['ייעוץ', 'Consultation', 'doctor', 20, 'D8660', '#0369a1'],
  ['כאב / דחוף', 'Emergency', 'doctor', 20, 'D9110', '#be123c'],
  ['ניקוי והסרת אבנית', 'Cleaning', 'hygienist', 40, 'D1110', '#a21caf'],
  ['שיננית לילדים', 'Cleaning, child', 'hygienist', 20, 'D1206', '#0e7490'],
]

const shifts = [['08:00', '13:00'], ['14:00', '19:00']] as const
const isoWeekdays = [7, 1, 2, 3, 4, 5] // Sunday first, as the plan above

/** Two branches, sixteen staff of whom ten treat, chairs and devices, hours, visit types, prices. */
export async function makeClinic(random: Random, rows: Rows, clinicId: string): Promise<DemoClinic> {
  const clinic: DemoClinic = { clinicId, branches: [], receptionistId: '', ownerId: '', practitioners: [], visitTypes: [], prices: [] }
  addBranches(random, rows, clinic)
  addPrices(random, rows, clinic)
  await addStaff(random, rows, clinic)
  return clinic
}

function addBranches(random: Random, rows: Rows, clinic: DemoClinic): void {
  const clinic_id = clinic.clinicId
  // The older one comes first on the screens.
  const places: [string, string, string, string, string, string][] = [
    ['אבן גבירול', 'Ibn Gabirol', 'אבן גבירול 71', 'תל אביב-יפו', '+97235550100', '2014-03-02T07:00:00Z'],
    ['כרמל', 'Carmel', 'שדרות מוריה 42', 'חיפה', '+97245550200', '2021-09-05T07:00:00Z'],
  ]
  for (const [name, name_en, address, city, phone, created_at] of places) {
    const id = random.id()
    clinic.branches.push({ id, name, nameEn: name_en, phone })
    rows.add('branch', { clinic_id, id, name, name_en, address, city, phone, created_at })
    for (const weekday of [7, 1, 2, 3, 4]) rows.add('opening_hours', { clinic_id, id: random.id(), branch_id: id, weekday, opens: '07:30', closes: '19:30' })
    rows.add('opening_hours', { clinic_id, id: random.id(), branch_id: id, weekday: 5, opens: '07:30', closes: '12:30' })
    rows.add('resource', { clinic_id, id: random.id(), kind: 'device', name: 'צילום פנורמי', name_en: 'Panoramic X-ray', branch_id: id, sort: 90 })
  }
}

function addPrices(random: Random, rows: Rows, clinic: DemoClinic): void {
  const clinic_id = clinic.clinicId
  for (const [code, name, name_en, shekels] of priceList) {
    const id = random.id()
    clinic.prices.push({ id, code, name, agorot: shekels * 100 })
    rows.add('price_item', { clinic_id, id, code, name, name_en, price_agorot: shekels * 100 })
  }
  for (const [name, name_en, profession, minutes, priceCode, colour] of typePlan) {
    const id = random.id()
    const paper = priceCode === 'D7140' ? 'form_17' : 'none'
    clinic.visitTypes.push({ id, profession, minutes, priceCode, paper })
    rows.add('visit_type', {
      clinic_id, id, name, name_en, profession, duration_minutes: minutes, place_kind: 'chair', colour, paper,
      public_name: profession === 'doctor' ? 'תור במרפאה' : 'תור לשיננית', public_name_en: 'visit',
      price_item_id: clinic.prices.find((price) => price.code === priceCode)?.id ?? null,
    })
  }
}

async function addStaff(random: Random, rows: Rows, clinic: DemoClinic): Promise<void> {
  const clinic_id = clinic.clinicId
  for (const [index, person] of staffPlan.entries()) {
    const id = random.id()
    rows.add('staff', { clinic_id, id, name: person.name, name_en: person.english, email: `${person.email}@shaked.example`, language: 'he' })
    rows.add('staff_role', { clinic_id, id: random.id(), staff_id: id, role: person.role, branch_id: null })
    rows.add('login', { clinic_id, staff_id: id, email: `${person.email}@shaked.example`, password_hash: await hash(demoPassword, { memoryCost: 65536, timeCost: 3, parallelism: 1 }) })
    if (person.role === 'receptionist' && !clinic.receptionistId) clinic.receptionistId = id
    if (person.role === 'owner' && !clinic.ownerId) clinic.ownerId = id
    if (person.profession && person.week) addPractitioner(random, rows, clinic, { ...person, profession: person.profession, week: person.week, staffId: id, sort: index })
  }
}

function addPractitioner(random: Random, rows: Rows, clinic: DemoClinic, person: { name: string; english: string; staffId: string; sort: number; profession: 'doctor' | 'hygienist'; title?: string; speciality?: string; colour?: string; week: Week }): void {
  const clinic_id = clinic.clinicId
  const id = random.id()
  rows.add('resource', { clinic_id, id, kind: 'practitioner', name: person.name, name_en: person.english, sort: person.sort, colour: person.colour ?? '#0f766e' })
  rows.add('practitioner', { clinic_id, id, staff_id: person.staffId, profession: person.profession, title: person.title ?? '', speciality: person.speciality ?? '', licence_number: person.profession === 'doctor' ? `1-${24_000 + person.sort * 137}` : '' })
  const week = new Map<number, number>()
  const chairs: string[] = []
  for (const [day, branchNumber] of person.week.entries()) {
    const branch = branchNumber === null ? undefined : clinic.branches[branchNumber]
    const weekday = isoWeekdays[day]
    if (branchNumber === null || !branch || weekday === undefined) continue
    week.set(weekday, branchNumber)
    chairs[branchNumber] ??= addChair(random, rows, clinic, branch.id)
    for (const [starts, ends] of weekday === 5 ? [['08:00', '12:00']] as const : shifts)
      rows.add('working_hours', { clinic_id, id: random.id(), resource_id: id, branch_id: branch.id, weekday, starts, ends })
  }
  clinic.practitioners.push({ id, name: person.name, nameEn: person.english, staffId: person.staffId, profession: person.profession, week, chairs })
}

function addChair(random: Random, rows: Rows, clinic: DemoClinic, branch_id: string): string {
  const id = random.id()
  const number = rows.count('resource', (row) => row.kind === 'chair' && row.branch_id === branch_id) + 1
  rows.add('resource', { clinic_id: clinic.clinicId, id, kind: 'chair', name: `כיסא ${number}`, name_en: `Chair ${number}`, branch_id, sort: 50 + number })
  return id
}
