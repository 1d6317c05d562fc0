import { v7 as uuid } from 'uuid'
import type { Appointment, AppointmentPage } from '@yoman/contract/appointments'
import type { Diary, DiaryVisit } from '@yoman/contract/diary'
import type { FreeSlots } from '@yoman/contract/availability'
import type { Inputs, Outputs } from '@yoman/contract/routes'
import type { Settings } from '@yoman/contract/settings'
import { demoPassword } from '@yoman/testing/demo/logins'

const date = '2026-11-22'

/** The clinic as programs see it: the owner's own calls of the API. */
export interface Clinic {
  settings: Settings
  /** The branch on the desks' screens. */
  branchId: string
  patientIds: string[]
  /** All visits of the day, in all branches; cancelled ones too. */
  day(): Promise<DiaryVisit[]>
  appointment(id: string): Promise<Appointment>
  /** Sends one write; answers the body, or null where it was refused because somebody was faster (409). Throws on anything else. */
  write(method: 'POST' | 'PATCH', path: string, body: object): Promise<unknown>
  moveClock(to: string): Promise<void>
  /** The ids of the cards that a screen of the desks' branch must show. */
  shown(): Promise<string[]>
}

export async function openClinic(url: string): Promise<Clinic> {
  const opened = await send<Outputs['POST /auth/sign-in']>(`${url}/api/auth/sign-in`, 'POST', { email: 'owner@shaked.example', password: demoPassword })
  const token = opened.accessToken
  let signedIn = { token, at: performance.now() }
  const fresh = async (): Promise<string> => {
    // An access token lasts five minutes.
    if (performance.now() - signedIn.at > 200_000) {
      const again = await send<Outputs['POST /auth/sign-in']>(`${url}/api/auth/sign-in`, 'POST', { email: 'owner@shaked.example', password: demoPassword })
      signedIn = { token: again.accessToken, at: performance.now() }
    }
    return signedIn.token
  }
  const get = async <T>(path: string): Promise<T> => send<T>(`${url}/api${path}`, 'GET', undefined, await fresh())
  const settings = await get<Settings>('/settings')
  const branchIds = opened.me.branches.map(({ id }) => id)
  const branchId = branchIds[0] ?? ''
  const patients = await get<Outputs['GET /patients']>('/patients?limit=100')
  const clinic: Clinic = {
    settings,
    branchId,
    patientIds: patients.items.map(({ id }) => id),
    day: async () => (await Promise.all(branchIds.map((id) => get<Diary>(`/diary?branchId=${id}&date=${date}&cancelled=true`)))).flatMap(({ visits }) => visits),
    appointment: async (id) => (await get<AppointmentPage>(`/appointments/${id}`)).appointment,
    async write(method, path, body) {
      const answer = await fetch(`${url}/api${path}`, { method, headers: { 'content-type': 'application/json', authorization: `Bearer ${await fresh()}` }, body: JSON.stringify(body) })
      if (answer.status === 409) return null
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
      return answer.json()
    },
    moveClock: async (to) => void (await send(`${url}/dev/clock`, 'POST', { to })),
    shown: async () => (await get<Diary>(`/diary?branchId=${branchId}&date=${date}`)).visits.map(({ id }) => id).toSorted(),
  }
  return clinic
}

async function send<T>(url: string, method: string, body?: object, token?: string): Promise<T> {
  const headers = { ...(body ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T // as the contract says
}

/** Books free places of the day, round the practitioners, until it has this many visits. */
export async function fillDay(clinic: Clinic, wanted: number): Promise<void> {
  let standing = (await clinic.day()).filter(({ status }) => status !== 'cancelled').length
  const types = clinic.settings.visitTypes.filter(({ active, durationMinutes }) => active && durationMinutes <= 30)
  for (const branch of clinic.settings.branches)
    for (const type of types) {
      const found = (await clinic.write('POST', '/slot-searches', { branchId: branch.id, visitTypeId: type.id, fromDate: date, days: 1, stepMinutes: 10, durationMinutes: 10, limit: 500 })) as FreeSlots // as the contract says
      for (const slot of found.days.flatMap(({ slots }) => slots)) {
        if (standing >= wanted) return
        const body: Inputs['POST /appointments']['body'] = { id: uuid(), branchId: branch.id, practitionerId: slot.practitionerId, visitTypeId: type.id, startsAt: slot.startsAt, durationMinutes: 10, patientId: clinic.patientIds[standing % clinic.patientIds.length] ?? '' }
        if (await clinic.write('POST', '/appointments', body)) standing += 1
      }
    }
  throw new Error(`the day has room for ${standing} visits only`)
}
