// The events of one change are looked at while its message leaves: whatever comes between, the patient hears of it once.
import { setTimeout as wait } from 'node:timers/promises'
import { instant } from '@yoman/domain/time'
import { composeSeriesMessage } from '@yoman/messaging/series/compose'
import { castId } from '@yoman/testing/cast'
import { claimMessage } from '@yoman/use-cases/messages/claim-message'
import { queueSeriesNotice } from '@yoman/use-cases/messages/queue-series-notice'
import { bookSeries } from '@yoman/use-cases/series/book'
import { changeSeries } from '@yoman/use-cases/series/change'
import { expect, it } from 'vitest'
import { openDesk } from '../desk.fixture.ts'
import { contextOf } from '../services.ts'

const desk = await openDesk()
const rounds = 24

it('a message about a series that leaves while others ask whether it is written is not written again', async () => {
  const count = (): Promise<number> => desk.database.db.selectFrom('message').select(({ fn }) => fn.countAll<number>().as('n')).where('kind', '=', 'series_changed').executeTakeFirstOrThrow().then(({ n }) => Number(n))
  for (let round = 0; round < rounds; round += 1) {
    const day = instant('2027-01-05T07:00:00Z').add({ minutes: 20 * (round % 8), hours: 4 * 168 * Math.floor(round / 8) })
    desk.setNow('2026-11-22T07:00:00Z')
    const first = await desk.book('sara', day.toString())
    const visits = [1, 2, 3].map((week) => ({ id: castId('race', String(round), String(week)), startsAt: day.add({ hours: 168 * week }).toString(), practitionerId: desk.clinic.practitioners.doctor }))
    const booked = await bookSeries(desk.as('receptionist'), { id: castId('race', String(round)), appointmentId: first, rule: { unit: 'week', every: 1 }, visits })
    desk.setNow('2026-11-22T08:00:00Z')
    await changeSeries(desk.as('receptionist'), booked.id, {
      id: castId('race', String(round), 'change'), version: booked.version, scope: 'all',
      visits: booked.visits.map((visit) => ({ appointmentId: visit.appointmentId, startsAt: instant(visit.startsAt).add({ hours: 24 }).toString(), practitionerId: visit.practitionerId, durationMinutes: 20 })),
    })
    const ctx = () => contextOf(desk.services, desk.clinic.id)
    expect(await queueSeriesNotice(ctx(), booked.id, composeSeriesMessage)).toBe('queued')
    const { id } = await desk.database.db.selectFrom('message').select('id').where('kind', '=', 'series_changed').where('state', '=', 'queued').executeTakeFirstOrThrow()
    desk.setNow('2026-11-22T08:04:00Z')
    const claim = async () => (await wait(round % 10), claimMessage(ctx(), id, desk.services.machineClock.now(), 60, () => 1))
    const asked = await Promise.all([queueSeriesNotice(ctx(), booked.id, composeSeriesMessage), queueSeriesNotice(ctx(), booked.id, composeSeriesMessage), queueSeriesNotice(ctx(), booked.id, composeSeriesMessage), claim()])
    expect(asked.slice(0, 3), `round ${round}`).toEqual(['nothing', 'nothing', 'nothing'])
    expect(await count()).toBe(round + 1)
  }
})
