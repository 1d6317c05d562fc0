import type { Settings } from '@yoman/contract/settings'
import { call } from '../api.ts'
import { language } from '../i18n.ts'
import { newId } from '../new-id.ts'
import { columnColours } from './ready-sets.ts'

export const jobs = ['doctor', 'hygienist', 'assistant', 'receptionist'] as const
export type Job = (typeof jobs)[number]

export interface Person {
  /** Made once per row of the form, so that a second try after a failure finds what the first one made. */
  staffId: string
  resourceId: string
  name: string
  email: string
  job: Job
  password: string
}

export const newPerson = (password: string): Person => ({ staffId: newId(), resourceId: newId(), name: '', email: '', job: 'doctor', password })

/** A person with a login; who treats also gets a column in the diary, at the hours of the branch. Throws `ApiProblem`. */
export async function addPerson({ staffId, resourceId, name, email, job, password }: Person, settings: Settings): Promise<void> {
  await call('POST /staff', { body: { id: staffId, name, email, language: language.value, password, roles: [{ role: job, branchId: null }] } })
  if (job !== 'doctor' && job !== 'hygienist') return
  const people = settings.resources.filter(({ kind }) => kind === 'practitioner').length
  const practitioner = { staffId, profession: job, title: '', speciality: '', licenceNumber: '' }
  const resource = await call('POST /resources', { body: { id: resourceId, kind: 'practitioner', name, nameEn: '', branchId: null, colour: columnColours[people % columnColours.length] ?? columnColours[0], practitioner } })
  const hours = settings.branches.slice(0, 1).flatMap((branch) => branch.hours.map(({ weekday, opens, closes }) => ({ branchId: branch.id, weekday, starts: opens, ends: closes, validFrom: null, validTo: null })))
  await call('PUT /resources/:id/working-hours', { params: { id: resourceId }, body: { version: resource.version, hours } })
}
