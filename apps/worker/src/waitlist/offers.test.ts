import { instant } from '@yoman/domain/time'
import { composeOfferMessage } from '@yoman/messaging/offers/compose'
import { castId } from '@yoman/testing/cast'
import { offerLink, offerToken } from '@yoman/use-cases/waitlist/link'
import { addToWaitlist } from '@yoman/use-cases/waitlist/entries'
import { takeOffer } from '@yoman/use-cases/waitlist/answer'
import { freePlaces } from '@yoman/use-cases/waitlist/match'
import { offerPlace } from '@yoman/use-cases/waitlist/offer'
import { setWaitlistSettings } from '@yoman/use-cases/waitlist/settings'
import { afterEach, describe, expect, it } from 'vitest'
import { openDesk } from '../desk.fixture.ts'
import { releaseExpiredHolds, settleWaitlists } from '../sweeps.ts'

const desk = await openDesk()
const { clinic } = desk
const [sara, ahmad] = ['+972501234501', '+972521234502']
const monday = '2026-11-23T07:00:00Z'

afterEach(async () => {
  desk.backToRealTime()
  await desk.office.faults.clear()
  await desk.database.db.updateTable('waitlist_offer').set({ status: 'withdrawn', answered_at: instant(monday) }).where('status', '=', 'open').execute()
  await desk.database.db.updateTable('waitlist_entry').set({ status: 'removed', closed_at: instant(monday) }).where('status', '=', 'open').execute()
  desk.setNow('2026-11-22T07:00:00Z')
})

let made = 0
const freshId = (): string => castId('offers', String((made += 1)))

async function wait(patient: keyof typeof clinic.patients, until: string | null = null): Promise<string> {
  const entry = { id: freshId(), branchId: clinic.branches.center, patientId: clinic.patients[patient], visitTypeId: clinic.visitTypes.talk, durationMinutes: null, practitionerIds: [], weekdays: [], parts: [], urgency: 'normal' as const, until }
  return (await addToWaitlist(desk.as('receptionist'), entry)).id
}
async function offer(startsAt: string, ...entryIds: string[]) {
  const offers = entryIds.map((entryId) => ({ id: freshId(), entryId, toldBy: 'sms' as const }))
  const holdId = freshId()
  await offerPlace(desk.as('receptionist'), { holdId, branchId: clinic.branches.center, practitionerId: clinic.practitioners.doctor, startsAt: instant(startsAt), offers }, composeOfferMessage)
  return { holdId, ids: offers.map(({ id }) => id) }
}
const statusOf = async (id: string) => (await desk.database.db.selectFrom('waitlist_offer').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status
const holdOf = async (id: string) => (await desk.database.db.selectFrom('appointment').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status
const messageOf = (offerId: string) => desk.database.db.selectFrom('message').selectAll().where('offer_id', '=', offerId).executeTakeFirstOrThrow()
const linkOf = (offerId: string) => offerLink(desk.services.vault, desk.config.publicUrl, clinic.id, offerId)

describe('the SMS of an offer', () => {
  it('leaves at once and once for each who was asked, in their language, with a link of their own that stands in no table', async () => {
    const { ids } = await offer(monday, await wait('sara'), await wait('ahmad'))
    await desk.work()
    await desk.work()
    const [toSara, toAhmad] = [desk.smsTo(sara), desk.smsTo(ahmad)]
    expect([toSara.length, toAhmad.length]).toEqual([1, 1])
    expect(toSara[0]).toContain(linkOf(ids[0] ?? ''))
    expect(toAhmad[0]).toContain(linkOf(ids[1] ?? ''))
    expect(toSara[0]).toContain('09:15')
    expect(toAhmad[0]).toContain('توفر موعد')
    expect(toSara[0]).not.toContain('שיחה')
    const token = offerToken(desk.services.vault, clinic.id, ids[0] ?? '')
    const { rows } = await desk.database.ownerPool.query<{ found: boolean }>(`select exists (select from message m where m::text like '%' || $1 || '%') or exists (select from waitlist_offer o where o::text like '%' || $1 || '%') or exists (select from event e where e::text like '%' || $1 || '%') as found`, [token])
    expect(rows).toEqual([{ found: false }])
    expect(await messageOf(ids[0] ?? '')).toMatchObject({ state: 'sent', attempt: 1 })
  })

  it('stays at home when the place is gone before it leaves', async () => {
    const before = [desk.smsTo(sara).length, desk.smsTo(ahmad).length]
    const { ids } = await offer('2026-11-24T07:00:00Z', await wait('sara'), await wait('ahmad'))
    await takeOffer(desk.as('receptionist'), ids[0] ?? '', 'desk')
    await desk.work()
    expect([desk.smsTo(sara).length, desk.smsTo(ahmad).length]).toEqual(before)
    expect(await messageOf(ids[1] ?? '')).toMatchObject({ state: 'skipped', error_code: 'superseded' })
  })

  it('whose sender died after the provider had it is found on the provider\'s list and not sent again', async () => {
    const before = desk.smsTo(sara).length
    await desk.office.faults.set({ sms: { cutAfterAccept: 1 } })
    const { ids } = await offer('2026-11-25T07:00:00Z', await wait('sara'))
    await desk.work()
    expect(await messageOf(ids[0] ?? '')).toMatchObject({ state: 'unknown', attempt: 1 })
    desk.passSeconds(121)
    await desk.work()
    expect(await messageOf(ids[0] ?? '')).toMatchObject({ state: 'sent', attempt: 1, provider_id: expect.stringMatching(/^SM/) })
    expect(desk.smsTo(sara)).toHaveLength(before + 1)
  })
})

describe('an offer whose time is up', () => {
  it('ends to the minute, gives the place back and proposes it to the desk again', async () => {
    const entry = await wait('sara')
    const { ids, holdId } = await offer('2026-11-25T08:00:00Z', entry)
    desk.setNow('2026-11-22T07:14:59Z')
    expect(await settleWaitlists(desk.services)).toBe(0)
    desk.setNow('2026-11-22T07:15:00Z')
    await releaseExpiredHolds(desk.services)
    expect(await holdOf(holdId)).toBe('held') // the sweep of ordinary holds leaves it to its offers
    expect(await settleWaitlists(desk.services)).toBe(1)
    expect([await statusOf(ids[0] ?? ''), await holdOf(holdId)]).toEqual(['expired', 'cancelled'])
    const places = await freePlaces(desk.as('receptionist'), clinic.branches.center)
    expect(places.map(({ row, fitting }) => [row.starts_at.toString(), fitting])).toContainEqual(['2026-11-25T08:00:00Z', 1])
    expect(await settleWaitlists(desk.services)).toBe(0)
  })

  it('goes to the next one by itself where the clinic wants that, and the place is held on without a gap', async () => {
    await setWaitlistSettings(desk.as('owner'), { offerMinutes: 15, offerNext: true, version: 0 })
    const [first, second] = [await wait('sara'), await wait('ahmad')]
    const { ids, holdId } = await offer('2026-11-26T08:00:00Z', first)
    const before = desk.smsTo(ahmad).length
    desk.setNow('2026-11-22T07:15:00Z')
    expect(await settleWaitlists(desk.services)).toBe(1)
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before + 1)
    expect([await statusOf(ids[0] ?? ''), await holdOf(holdId)]).toEqual(['expired', 'held'])
    const next = await desk.database.db.selectFrom('waitlist_offer').selectAll().where('entry_id', '=', second).where('hold_id', '=', holdId).executeTakeFirstOrThrow()
    expect(next).toMatchObject({ status: 'open', told_by: 'sms', expires_at: instant('2026-11-22T07:30:00Z') })
    await takeOffer(desk.as('receptionist'), next.id, 'patient')
    expect(await holdOf(holdId)).toBe('cancelled')
    await setWaitlistSettings(desk.as('owner'), { offerMinutes: 15, offerNext: false, version: 1 })
  })
})

it('an entry leaves the list when its last day is over on the wall of its branch', async () => {
  const id = await wait('sara', '2026-11-23')
  const entry = () => desk.database.db.selectFrom('waitlist_entry').select(['status', 'closed_at']).where('id', '=', id).executeTakeFirstOrThrow()
  desk.setNow('2026-11-23T21:59:00Z')
  await settleWaitlists(desk.services)
  expect(await entry()).toMatchObject({ status: 'open' })
  desk.setNow('2026-11-23T22:00:00Z')
  await settleWaitlists(desk.services)
  expect(await entry()).toMatchObject({ status: 'expired', closed_at: instant('2026-11-23T22:00:00Z') })
})
