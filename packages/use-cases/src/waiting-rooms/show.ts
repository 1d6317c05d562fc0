import type { Pool } from '@yoman/db/connect'
import { listFlowSettings } from '@yoman/db/flow/queries'
import { findHouse, findScreen, type InRoomRow, inWaitingRoom, screenByHash } from '@yoman/db/waiting-rooms/queries'
import { type ScreenNames, usualFlow } from '@yoman/domain/flow/flow'
import { Refusal } from '@yoman/domain/refusal'
import { type Instant, dateIn, dayPeriod } from '@yoman/domain/time'
import { screenLabel } from '@yoman/domain/waiting-rooms/label'
import { hashSecret } from '../sessions/secrets.ts'
import { read, showingScreen } from '../transact.ts'

const mostCalled = 6
const mostNext = 8

/** What the screen of a secret shows, as private as its clinic wants it. Throws `screen_link_invalid` for one that is wrong or switched off. */
export async function showWaitingRoom({ pool, now }: { pool: Pool; now: Instant }, secret: string) {
  const found = await showingScreen(pool, (db) => screenByHash(db, hashSecret(secret)))
  if (!found) throw new Refusal('screen_link_invalid')
  return read({ pool, clinicId: found.clinic_id }, async (db) => {
    const screen = await findScreen(db, found.id)
    const house = screen && (await findHouse(db, screen.branch_id, screen.language))
    if (!house) throw new Refusal('screen_link_invalid')
    const [[setting], rows] = await Promise.all([listFlowSettings(db, screen.branch_id), inWaitingRoom(db, screen.branch_id, dayPeriod(house.timeZone, dateIn(house.timeZone, now)))])
    const names = setting?.screenNames ?? usualFlow.screenNames
    const shown = rows.map((row) => ({ row, label: labelOf(row, names, screen.language), place: screen.language === 'en' && row.place_en ? row.place_en : row.place })).filter(({ label }) => label !== '')
    return {
      ...house,
      language: screen.language,
      theme: screen.theme,
      chime: screen.chime,
      names,
      now: now.toString(),
      called: shown
        .filter(({ row }) => row.status === 'called')
        .map(({ row, label, place }) => ({ label, place, calledAt: row.since.toString() }))
        .sort((a, b) => b.calledAt.localeCompare(a.calledAt))
        .slice(0, mostCalled),
      next: shown.filter(({ row }) => row.status === 'arrived').slice(0, mostNext).map(({ label, place }) => ({ label, place })),
    }
  })
}

function labelOf(row: InRoomRow, names: ScreenNames, language: 'he' | 'en'): string {
  const latin = language === 'en' && row.given_name_latin !== ''
  return screenLabel(names, { givenName: latin ? row.given_name_latin : row.given_name, familyName: latin ? row.family_name_latin : row.family_name, ticket: row.ticket })
}
