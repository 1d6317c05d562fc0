import type { Page } from 'playwright-core'
import { instant, isBefore } from '@yoman/domain/time'
import type { DiaryVisit } from '@yoman/contract/diary'
import type { Clinic } from './clinic.ts'

/** What the server has said yes to, whoever asked. */
export interface Ledger {
  /** Hears all answers that a browser gets. */
  listen(page: Page): void
  /** One write that was acknowledged; its body as the server sent it. */
  acknowledged(body: unknown): void
  /** Promises that the record does not keep, in words; empty where nothing was lost. */
  lost(clinic: Clinic): Promise<string[]>
}

interface Written {
  id: string
  version: number
  startsAt: string
  status: string
}

export function makeLedger(): Ledger {
  const writes = new Map<string, Written[]>()
  const reading: Promise<void>[] = []
  const acknowledged = (body: unknown): void => {
    if (!isWritten(body)) return
    writes.set(body.id, [...(writes.get(body.id) ?? []), body])
  }
  return {
    acknowledged,
    listen(page) {
      page.on('response', (response) => {
        const method = response.request().method()
        if (method === 'GET' || !response.ok() || !response.url().includes('/api/appointments')) return
        reading.push(response.json().then(acknowledged))
      })
    },
    async lost(clinic) {
      await Promise.all(reading)
      const found = await Promise.all([...writes].map(([id, made]) => broken(clinic, id, made)))
      return found.flat()
    },
  }
}

/** Each acknowledged write made the next version; what the last of them said is what stands. */
async function broken(clinic: Clinic, id: string, made: readonly Written[]): Promise<string[]> {
  const now = await clinic.appointment(id)
  const last = made.reduce((newest, one) => (one.version > newest.version ? one : newest))
  return [
    // Doing what is already so answers what is so: the same version twice, but then the same words.
    ...made.filter((one) => made.some((other) => other.version === one.version && said(other) !== said(one))).map((one) => `${id}: version ${one.version} was acknowledged to two people in different words`),
    ...(now.version < last.version ? [`${id}: version ${last.version} was acknowledged, ${now.version} stands`] : []),
    ...(now.version === last.version && said(now) !== said(last) ? [`${id}: ${said(last)} was acknowledged, ${said(now)} stands`] : []),
  ]
}

const said = ({ startsAt, status }: Written): string => `${status} at ${startsAt}`

const isWritten = (body: unknown): body is Written => typeof body === 'object' && body !== null && 'version' in body && 'startsAt' in body && 'status' in body && 'id' in body

/** Two visits that have the same person or place at the same time, in words. */
export function clashes(visits: readonly DiaryVisit[]): string[] {
  const standing = visits.filter(({ status }) => status !== 'cancelled' && status !== 'no_show')
  return standing.flatMap((one, index) =>
    standing
      .slice(index + 1)
      .filter((other) => one.resourceIds.some((id) => other.resourceIds.includes(id)) && meet(one, other))
      .map((other) => `${one.id} (${one.startsAt}) meets ${other.id} (${other.startsAt})`),
  )
}

const meet = (a: DiaryVisit, b: DiaryVisit): boolean => isBefore(instant(a.startsAt), instant(b.endsAt)) && isBefore(instant(b.startsAt), instant(a.endsAt))
