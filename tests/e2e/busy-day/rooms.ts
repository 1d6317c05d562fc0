import type { DiaryVisit } from '@yoman/contract/diary'
import type { Clinic } from './clinic.ts'
import type { Hour } from './hour.ts'
import type { Ledger } from './ledger.ts'

const rooms = 4
const steps = ['arrival', 'start', 'completion'] as const

/**
 * Four rooms take in, treat and dismiss the visits that stood in the diary when the day began, in their order and at the day's
 * pace. What a desk has moved or cancelled meanwhile is refused, and left alone. Answers how many were treated to the end.
 */
export async function treatAll(clinic: Clinic, ledger: Ledger, hour: Hour): Promise<number> {
  const visits = (await clinic.day()).filter(({ status }) => status === 'booked' || status === 'confirmed').toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
  const lanes = Array.from({ length: rooms }, (_, room) => visits.filter((_visit, index) => index % rooms === room))
  const treated = await Promise.all(lanes.map((lane) => treatLane(clinic, ledger, hour, lane)))
  return treated.reduce((sum, one) => sum + one, 0)
}

async function treatLane(clinic: Clinic, ledger: Ledger, hour: Hour, lane: readonly DiaryVisit[]): Promise<number> {
  let treated = 0
  for (const [index, visit] of lane.entries()) {
    await hour.reached(index / lane.length)
    if (await treat(clinic, ledger, visit)) treated += 1
  }
  return treated
}

async function treat(clinic: Clinic, ledger: Ledger, { id }: DiaryVisit): Promise<boolean> {
  for (const step of steps) {
    const written = await clinic.write('POST', `/appointments/${id}/${step}`, {})
    if (written === null) return false
    ledger.acknowledged(written)
  }
  return true
}
