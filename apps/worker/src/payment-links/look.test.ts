import { connectProvider, disconnectProvider, unsettledMoney } from '@yoman/use-cases/payment-links/connect'
import { decideOnMoney } from '@yoman/use-cases/payment-links/decide'
import { hearOfMoney } from '@yoman/use-cases/payment-links/hear'
import { lookAfterLink } from '@yoman/use-cases/payment-links/look'
import { promiseToPay } from '@yoman/use-cases/debts/promise'
import { approveMerge, undoMerge } from '@yoman/use-cases/merges/decide'
import { proposeMerge } from '@yoman/use-cases/merges/propose'
import { cancelLink } from '@yoman/use-cases/payment-links/request'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { v7 as uuid } from 'uuid'
import { beforeEach, describe, expect, it } from 'vitest'
import { contextOf } from '../services.ts'
import { lookAfterLinks, lookingOf, words } from './look.ts'
import { keys, openPaymentsDesk, total } from './payments.fixture.ts'

const desk = await openPaymentsDesk()
const { house, services, clinic, bill, request, link, money, receipts } = desk
const { merchant } = house
const number = '+972521234502'
const ctx = () => contextOf(services, clinic.id)
const looking = () => lookingOf(services)
const sweep = () => lookAfterLinks(services)
const paid = [{ kind: '320', total, payments: 1 }]

/** An open link of a new document, sent. */
async function anOpenLink(): Promise<{ invoiceId: string; id: string; pageId: string }> {
  const invoiceId = await bill()
  const id = await request(invoiceId)
  await desk.work()
  const { state, page_id: pageId } = await link(id)
  expect(state).toBe('open')
  return { invoiceId, id, pageId: pageId ?? '' }
}

/** As a callback that was signed. */
const hear = (charge: { uid: string; pageUid: string; moreInfo: string }) => hearOfMoney(ctx(), { pageId: charge.pageUid, linkId: charge.moreInfo, transactionId: charge.uid })

/** Looks at once, whatever pause was made. */
async function later(hours = 7): Promise<void> {
  desk.passSeconds(hours * 3_600)
  await sweep()
}

beforeEach(() => {
  desk.backToRealTime()
  desk.setNow('2026-11-22T07:00:00Z')
})

describe('a link', () => {
  it('is opened at the provider, said in the words of the payer, and paid once', async () => {
    const before = desk.smsTo(number).length
    const { invoiceId, id, pageId } = await anOpenLink()
    const sent = desk.smsTo(number).slice(before)
    expect(sent).toHaveLength(1)
    expect(sent[0]).toContain((await link(id)).url)
    expect(sent[0]).toContain('180.00')
    const charge = merchant.charge(pageId)
    await Promise.all([hear(charge), hear(charge), hear(charge)])
    await desk.work()
    await later()
    await hear(charge)
    await desk.work()
    expect([await link(id), await money(id), await receipts(invoiceId)]).toMatchObject([{ state: 'paid', problem: null }, [{ state: 'booked', amount: total }], paid])
  })

  it('ends what asked the patient to pay', async () => {
    const { pageId } = await anOpenLink()
    for (const { invoice_id } of await desk.database.db.selectFrom('open_request').select('invoice_id').where('clinic_id', '=', clinic.id).execute()) {
      const [one] = await desk.database.db.selectFrom('payment_link').select('page_id').where('invoice_id', '=', invoice_id).execute()
      if (one?.page_id !== pageId) await desk.payAtDesk(invoice_id).catch((error: unknown) => expect(error).toMatchObject({ code: 'already_paid' }))
    }
    await promiseToPay(desk.as('receptionist'), clinic.patients.ahmad, { id: uuid(), dueAt: '2026-11-25T10:00:00Z' })
    await hear(merchant.charge(pageId))
    await desk.work()
    expect(await desk.database.db.selectFrom('task').select(['status']).where('about', '=', 'promised_to_pay').execute()).toEqual([{ status: 'kept' }])
  })

  it('gives its page the minutes that are left until it ends, however late it is opened', async () => {
    const id = await request(await bill())
    desk.setNow('2026-11-22T10:00:00Z')
    await desk.work()
    expect(merchant.pages.get((await link(id)).page_id ?? '')?.asked['expiry_datetime']).toBe(String((14 * 24 - 3) * 60))
  })

  it('is one for a document, however often it is asked for at once', async () => {
    const invoiceId = await bill()
    const ids = await Promise.all(Array.from({ length: 8 }, () => request(invoiceId)))
    expect(new Set(ids).size).toBe(1)
    const pages = merchant.pages.size
    await desk.work()
    expect(await request(invoiceId)).toBe(ids[0])
    await desk.work()
    expect(merchant.pages.size).toBe(pages + 1)
  })

  it('is paid though its callback never came, and is looked at rarely while nobody pays', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    merchant.charge(pageId)
    await sweep()
    expect((await link(id)).state).toBe('open') // its pause is not over
    await later(1)
    expect([(await link(id)).state, await receipts(invoiceId)]).toEqual(['paid', paid])
  })

  it('ends after its last day; money that was under way then pays what is still owed', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    desk.setNow('2026-12-06T07:10:00Z')
    await sweep()
    expect((await link(id)).state).toBe('open')
    desk.setNow('2026-12-06T07:31:00Z')
    await sweep()
    expect(await link(id)).toMatchObject({ state: 'expired' })
    await hear(merchant.charge(pageId))
    await desk.work()
    expect([(await link(id)).state, await receipts(invoiceId)]).toEqual(['paid', paid])
  })

  it('has its page closed however it ends', async () => {
    const [different, expired] = [await anOpenLink(), await anOpenLink()]
    await hear(merchant.charge(different.pageId, { amount: 100 }))
    const page = merchant.pages.get(different.pageId)
    if (page) page.closed = false // as a page that takes several payments
    desk.setNow('2026-12-06T07:31:00Z')
    await desk.work()
    await sweep()
    await sweep()
    expect([(await link(different.id)).state, (await link(expired.id)).state]).toEqual(['different', 'expired'])
    expect([different, expired].map(({ pageId }) => merchant.pages.get(pageId)?.closed)).toEqual([true, true])
  })

  it('is heard of for a day after its end, though no callback comes, and then rests', async () => {
    const { id, pageId } = await anOpenLink()
    await cancelLink(desk.as('receptionist'), id, services.machineClock.now())
    await desk.work()
    expect((await link(id)).state).toBe('cancelled')
    await later(2)
    merchant.charge(pageId, { late: true })
    await later(25)
    expect([await link(id), await money(id)]).toMatchObject([{ state: 'different', problem: 'after_cancel' }, [{ state: 'different' }]])
    await later(48)
    expect(await desk.database.db.selectFrom('payment_link').select('next_at').where('id', '=', id).execute()).toEqual([{ next_at: null }])
  })

  it('is closed at the provider when the desk takes the money, and what was under way waits for a decision', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    await desk.payAtDesk(invoiceId)
    await desk.work()
    expect([await link(id), merchant.pages.get(pageId)?.closed]).toMatchObject([{ state: 'cancelled', problem: 'settled' }, true])
    await hear(merchant.charge(pageId, { late: true }))
    await desk.work()
    expect([await link(id), await money(id)]).toMatchObject([{ state: 'different', problem: 'after_cancel' }, [{ state: 'different', why: 'after_cancel' }]])
    expect(await receipts(invoiceId)).toEqual([{ kind: '320', total, payments: 0 }])
  })

  it('is closed at the provider where somebody cancelled it while it was looked at', async () => {
    const { id, pageId } = await anOpenLink()
    desk.passSeconds(7 * 3_600)
    const { provider } = looking()
    const cancelling = { ...looking(), provider: { ...provider, moneyOf: async (...all: Parameters<typeof provider.moneyOf>) => { await cancelLink(desk.as('receptionist'), id, services.machineClock.now()); return provider.moneyOf(...all) } } }
    expect(await lookAfterLink(ctx(), cancelling, id, words)).toBe('ending')
    await desk.work()
    await sweep()
    expect([(await link(id)).state, merchant.pages.get(pageId)?.closed]).toEqual(['cancelled', true])
  })

  it('is not sent where it was cancelled while it waited for the morning', async () => {
    desk.setNow('2026-11-22T21:00:00Z') // eleven at night
    const before = desk.smsTo(number).length
    const { id } = await anOpenLink()
    expect(desk.smsTo(number)).toHaveLength(before)
    await cancelLink(desk.as('receptionist'), id, services.machineClock.now())
    await desk.work()
    desk.setNow('2026-11-23T08:00:00Z')
    await desk.work()
    expect([(await link(id)).state, desk.smsTo(number).length]).toEqual(['cancelled', before])
  })
})

describe('a record that is merged while its link is open', () => {
  it('brings its money to the record that it stands in now', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    const [mergeId, { sara, ahmad }] = [uuid(), clinic.patients]
    await proposeMerge(desk.as('receptionist'), { id: mergeId, survivorId: sara, mergedId: ahmad, choices: { phones: 'survivor', birthDate: 'survivor', identifier: 'survivor' }, reason: '' })
    await approveMerge(desk.as('doctor'), mergeId)
    await hear(merchant.charge(pageId))
    await desk.work()
    expect([(await link(id)).state, await receipts(invoiceId)]).toEqual(['paid', paid])
    const rows = await desk.database.db.selectFrom('payment').innerJoin('payment_link_money', 'payment_link_money.id', 'payment.link_money_id').select('payment.patient_id').where('payment_link_money.link_id', '=', id).execute()
    expect(rows).toEqual([{ patient_id: sara }])
    await undoMerge(desk.as('doctor'), mergeId)
  })
})

describe('money that is not what was asked for', () => {
  it.each([
    [{ amount: 179 }, 'other_amount'],
    [{ currency: 'USD' }, 'other_currency'],
  ])('is kept, and nothing is booked of it: %j', async (over, why) => {
    const { invoiceId, id, pageId } = await anOpenLink()
    await hear(merchant.charge(pageId, over))
    await desk.work()
    expect([await link(id), await money(id), await receipts(invoiceId)]).toMatchObject([{ state: 'different', problem: why }, [{ state: 'different', why }], []])
  })

  it('comes of two charges of one page as one payment and one decision', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    await hear(merchant.charge(pageId))
    await desk.work()
    await hear(merchant.charge(pageId, { late: true }))
    await desk.work()
    expect((await money(id)).map(({ state, why }) => [state, why])).toEqual([['booked', null], ['different', 'came_twice']])
    expect(await receipts(invoiceId)).toEqual(paid)
  })

  it('is taken for a document by a press, once, or written down as given back', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    await hear(merchant.charge(pageId, { amount: 100 }))
    await desk.work()
    const [one] = await money(id)
    const take = (what = invoiceId) => decideOnMoney(desk.as('receptionist'), one?.id ?? '', { decision: 'document', invoiceId: what }, moneyText)
    await expect(take(uuid())).rejects.toMatchObject({ code: 'reference_unknown' })
    await take()
    await expect(take()).rejects.toMatchObject({ code: 'link_money_settled' })
    expect([(await link(id)).state, await receipts(invoiceId)]).toEqual(['paid', [{ kind: '320', total: 10_000, payments: 1 }]])
    const dollars = await anOpenLink()
    await hear(merchant.charge(dollars.pageId, { currency: 'USD' }))
    await desk.work()
    const [other] = await money(dollars.id)
    await expect(decideOnMoney(desk.as('receptionist'), other?.id ?? '', { decision: 'document', invoiceId: dollars.invoiceId }, moneyText)).rejects.toMatchObject({ code: 'link_money_not_shekels' })
    await decideOnMoney(desk.as('owner'), other?.id ?? '', { decision: 'returned', reason: 'זוכה אצל הספק' }, moneyText)
    expect([(await link(dollars.id)).state, await money(dollars.id)]).toMatchObject(['cancelled', [{ state: 'returned' }]])
  })
})

describe('whoever looks may die', () => {
  it('after the page was opened: another is opened and said, and the first was said to nobody', async () => {
    const invoiceId = await bill()
    const id = await request(invoiceId)
    const { provider } = looking()
    const died = { ...looking(), provider: { ...provider, openPage: async (...all: Parameters<typeof provider.openPage>) => { await provider.openPage(...all); throw new Error('the process died here') } } }
    const [pages, before] = [merchant.pages.size, desk.smsTo(number).length]
    await expect(lookAfterLink(ctx(), died, id, words)).rejects.toThrow('died')
    await sweep() // its lease holds
    expect([(await link(id)).state, merchant.pages.size]).toEqual(['requested', pages + 1])
    await later()
    await desk.work()
    expect([(await link(id)).state, merchant.pages.size, desk.smsTo(number).length]).toEqual(['open', pages + 2, before + 1])
  })

  it('after the provider told of money: it is booked once', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    await hear(merchant.charge(pageId))
    const { provider } = looking()
    const died = { ...looking(), provider: { ...provider, moneyOf: async (...all: Parameters<typeof provider.moneyOf>) => { await provider.moneyOf(...all); throw new Error('the process died here') } } }
    await expect(lookAfterLink(ctx(), died, id, words)).rejects.toThrow('died')
    expect(await receipts(invoiceId)).toEqual([])
    await later()
    await Promise.all([sweep(), sweep(), desk.work()])
    expect([(await link(id)).state, await receipts(invoiceId)]).toEqual(['paid', paid])
  })

  it('while another looks at the same: one payment', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    await hear(merchant.charge(pageId))
    await Promise.all(Array.from({ length: 6 }, () => lookAfterLink(ctx(), looking(), id, words)))
    expect([(await link(id)).state, await receipts(invoiceId)]).toEqual(['paid', paid])
  })
})

describe('a transaction that a callback names', () => {
  it('waits for whoever looks before it is written down', async () => {
    const { invoiceId, id, pageId } = await anOpenLink()
    const charge = merchant.charge(pageId)
    const client = await desk.database.ownerPool.connect()
    try {
      await client.query('begin')
      await client.query('select from payment_link where id = $1 for update', [id])
      const hearing = hear(charge)
      await expect.poll(async () => (await desk.database.ownerPool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount, { timeout: 10_000 }).toBe(1)
      await client.query("insert into payment_link_money (clinic_id, id, link_id, transaction_id, state, heard_at) values ($1, $2, $3, $4, 'heard', now())", [clinic.id, uuid(), id, charge.uid])
      await client.query('commit')
      expect(await hearing).toBe(true)
    } finally {
      client.release()
    }
    await desk.work()
    expect([await receipts(invoiceId), (await money(id)).length]).toEqual([paid, 1])
  })

  it('is asked about again when it is named again, though the provider knew nothing of it before', async () => {
    const { id, pageId } = await anOpenLink()
    await cancelLink(desk.as('receptionist'), id, services.machineClock.now())
    await desk.work()
    const charge = merchant.charge(pageId, { late: true })
    merchant.charges.pop() // not known there yet
    await hear(charge)
    for (let look = 0; look < 16; look += 1) await later(26)
    expect(await money(id)).toMatchObject([{ state: 'nothing' }])
    merchant.charges.push(charge)
    await later(26)
    expect(await money(id)).toMatchObject([{ state: 'nothing' }]) // it rests
    await hear(charge)
    await desk.work()
    expect(await money(id)).toMatchObject([{ state: 'different', why: 'after_cancel' }])
  })

  it('keeps the connection while the provider is still to be asked about it, and is asked about at once when the owner connects', async () => {
    const { id, pageId } = await anOpenLink()
    for (const one of await desk.database.db.selectFrom('payment_link').select('id').where('state', 'in', ['requested', 'open', 'ending']).execute()) await cancelLink(desk.as('receptionist'), one.id, services.machineClock.now())
    await desk.work()
    house.faults.add({ at: 'find', kind: 'status', status: 503 })
    await hear(merchant.charge(pageId, { late: true }))
    await desk.work()
    expect([(await link(id)).state, await money(id)]).toMatchObject(['cancelled', [{ state: 'heard' }]])
    await expect(disconnectProvider(desk.as('owner'))).rejects.toMatchObject({ code: 'link_money_unsettled', params: { count: 1 } })
    await connectProvider(desk.as('owner'), keys)
    await desk.work()
    expect(await money(id)).toMatchObject([{ state: 'different' }])
  })

  it('is left behind by an owner who was told of it, is asked about by no other page, and is asked about when its own is connected again', async () => {
    const { id, pageId } = await anOpenLink()
    for (const one of await desk.database.db.selectFrom('payment_link').select('id').where('state', 'in', ['requested', 'open', 'ending']).execute()) await cancelLink(desk.as('receptionist'), one.id, services.machineClock.now())
    await desk.work()
    house.faults.add({ at: 'find', kind: 'status', status: 503 })
    const charge = merchant.charge(pageId, { late: true })
    await hear(charge)
    await desk.work()
    await expect(disconnectProvider(desk.as('owner'), 2)).rejects.toMatchObject({ code: 'link_money_unsettled', params: { count: 1 } })
    await disconnectProvider(desk.as('owner'), 1)
    await disconnectProvider(desk.as('owner')) // said twice
    const unsettled = async () => (await unsettledMoney(desk.as('owner'))).map(({ transaction_id, left }) => [transaction_id, left])
    expect(await unsettled()).toEqual([[charge.uid, true]])
    expect(await hear(merchant.charge(pageId, { late: true }))).toBe(false) // nobody is there who could ask
    await later(26)
    // Another page: its provider would say that there is no such money, and it would be forgotten.
    await connectProvider(desk.as('owner'), { ...keys, pageUid: 'other' })
    await desk.work()
    for (const hours of [2, 26, 50]) await later(hours)
    expect([await money(id), await unsettled()]).toMatchObject([[{ state: 'heard' }], [[charge.uid, true]]])
    await connectProvider(desk.as('owner'), keys)
    await desk.work()
    expect(await unsettled()).toEqual([])
    expect((await money(id)).map(({ state, why, amount }) => [state, why, amount])).toContainEqual(['different', 'after_cancel', total])
  })
})

describe('a provider that is away', () => {
  it.each([{ kind: 'status', status: 503 }, { kind: 'cut' }, { kind: 'page' }] as const)('is asked again after a pause ($kind): a page, then its money', async (fault) => {
    const invoiceId = await bill()
    house.faults.add({ at: 'open', ...fault })
    const id = await request(invoiceId)
    await desk.work()
    expect(await link(id)).toMatchObject({ state: 'requested', problem: 'unreachable', tries: 1 })
    await later()
    const { page_id: pageId, problem } = await link(id)
    expect(problem).toBe(null)
    house.faults.add({ at: 'find', ...fault })
    await hear(merchant.charge(pageId ?? ''))
    await desk.work()
    expect(await receipts(invoiceId)).toEqual([])
    await later(14)
    expect(await receipts(invoiceId)).toEqual(paid)
  })

  it('that refuses a page ends the link, and the desk may ask anew', async () => {
    const invoiceId = await bill()
    house.faults.add({ at: 'open', kind: 'error', description: 'terminal is blocked' })
    const id = await request(invoiceId)
    await desk.work()
    expect(await link(id)).toMatchObject({ state: 'failed', problem: 'refused' })
    expect(await request(invoiceId)).not.toBe(id)
    await desk.work()
  })
})

describe('the connection', () => {
  it('stays with its merchant while a link can bring money, by whatever secret', async () => {
    await anOpenLink()
    await expect(connectProvider(desk.as('owner'), { ...keys, apiKey: 'other' })).rejects.toMatchObject({ code: 'payment_links_open' })
    await expect(connectProvider(desk.as('owner'), { ...keys, pageUid: 'other' })).rejects.toMatchObject({ code: 'payment_links_open' })
    await connectProvider(desk.as('owner'), { ...keys, secretKey: 'new' })
    await connectProvider(desk.as('owner'), keys)
    await desk.work()
  })

  it('is not given up while a link can bring money, and refuses keys that the provider does not know', async () => {
    const { id } = await anOpenLink()
    await expect(disconnectProvider(desk.as('owner'))).rejects.toMatchObject({ code: 'payment_links_open' })
    await cancelLink(desk.as('receptionist'), id, services.machineClock.now())
    await desk.work()
    await connectProvider(desk.as('owner'), { ...keys, secretKey: 'wrong' })
    await desk.work()
    const state = async () => (await desk.database.db.selectFrom('payment_provider_connection').select(['state', 'problem']).where('clinic_id', '=', clinic.id).execute())[0]
    expect(await state()).toEqual({ state: 'refused', problem: 'unauthorised' })
    await expect(request(await bill())).rejects.toMatchObject({ code: 'payment_provider_not_connected' })
    await connectProvider(desk.as('owner'), keys)
    await desk.work()
    expect(await state()).toEqual({ state: 'connected', problem: null })
  })
})
