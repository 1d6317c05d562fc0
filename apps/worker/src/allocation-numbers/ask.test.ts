import { v7 as uuid } from 'uuid'
import { creditText } from '@yoman/documents/invoices/on-account'
import { askAgain, cancelDocument, continueWithout, typeNumber } from '@yoman/use-cases/allocation-numbers/decide'
import { askForNumber } from '@yoman/use-cases/allocation-numbers/ask'
import { accessToken } from '@yoman/use-cases/allocation-numbers/tokens'
import { disconnect } from '@yoman/use-cases/allocation-numbers/connect'
import { beforeEach, describe, expect, it } from 'vitest'
import { noQueue } from '../desk.fixture.ts'
import { relayOutbox } from '../relay.ts'
import { contextOf } from '../services.ts'
import { askForNumbers, askingOf } from './ask.ts'
import { openAuthorityDesk } from './authority.fixture.ts'

const desk = await openAuthorityDesk()
const { authority, services, clinic } = desk
const ctx = () => contextOf(services, clinic.id)
const asking = () => {
  const tools = askingOf(services)
  if (!tools) throw new Error('the fixture is registered')
  return tools
}

const one = async <T>(query: string, ...values: unknown[]): Promise<T> => (await desk.database.ownerPool.query<Record<string, unknown>>(query, values)).rows[0] as T // what the query says
const standing = (id: string) => one<{ state: string; problem: string | null; number: string | null; attempt: number }>('select state, problem, number, attempt from allocation_request where invoice_id = $1', id)
const answers = async (id: string): Promise<string[]> => (await desk.database.ownerPool.query<{ outcome: string; code: number | null }>('select outcome, code from allocation_answer where invoice_id = $1 order by answered_at, id', [id])).rows.map(({ outcome, code }) => (code === null ? outcome : `${outcome} ${code}`))
const connection = () => one<{ state: string }>('select state from tax_authority_connection where clinic_id = $1', clinic.id)
const mails = async (id: string): Promise<number> => Number((await one<{ count: string }>('select count(*) from message where invoice_id = $1', id)).count)
const timesAsked = (id: string): number => authority.approvals.asked.filter(({ invoice_id }) => invoice_id === id).length
const sweep = () => askForNumbers(services)

/** Asks at once, whatever pause the last answer made. */
async function again(): Promise<void> {
  desk.passSeconds(3_700)
  await sweep()
}

beforeEach(async () => {
  authority.approvals.refusals.clear()
  desk.backToRealTime()
  if ((await connection())?.state !== 'connected') {
    await desk.consent()
    await sweep()
  }
  expect((await connection()).state).toBe('connected')
})

describe('a document that needs a number', () => {
  it('waits for it, and is mailed with it', async () => {
    const id = await desk.document()
    await relayOutbox(services, noQueue)
    expect([await standing(id), await mails(id)]).toEqual([{ state: 'waiting', problem: null, number: null, attempt: 0 }, 0])
    await sweep()
    expect(await standing(id)).toMatchObject({ state: 'approved', problem: null, number: authority.approvals.numberOf(id) })
    await relayOutbox(services, noQueue)
    expect([await mails(id), timesAsked(id), await answers(id)]).toEqual([1, 1, ['approved']])
    await sweep()
    expect(timesAsked(id)).toBe(1)
  })

  it.each([{ kind: 'status', status: 503 }, { kind: 'cut' }, { kind: 'page' }] as const)('is asked for again after a pause where nobody answered well ($kind), and has one number', async (fault) => {
    const id = await desk.document()
    authority.faults.add({ at: 'approval', ...fault })
    await sweep()
    expect(await standing(id)).toMatchObject({ state: 'waiting', problem: 'unreachable', number: null })
    await sweep() // the pause is not over
    expect((await standing(id)).attempt).toBe(1)
    await again()
    expect(await standing(id)).toMatchObject({ state: 'approved', number: authority.approvals.numberOf(id), attempt: 2 })
    expect(await answers(id)).toEqual(['unreachable', 'approved'])
  })

  it('is asked for again by another worker where the first died at any step, and has one number', async () => {
    const id = await desk.document()
    const before = authority.approvals.given
    const { approve } = asking().authority
    // It was asked, and whoever asked never came to write the answer down.
    const died = { ...asking(), authority: { ...asking().authority, approve: async (...all: Parameters<typeof approve>) => { await approve(...all); throw new Error('the process died here') } } }
    await expect(askForNumber(ctx(), died, id)).rejects.toThrow('died')
    expect(await standing(id)).toMatchObject({ state: 'asking', attempt: 1 })
    await sweep() // its lease holds
    expect(timesAsked(id)).toBe(1)
    await again()
    expect(await standing(id)).toMatchObject({ state: 'approved', number: authority.approvals.numberOf(id), attempt: 2 })
    expect([timesAsked(id), authority.approvals.given]).toEqual([2, before + 1])
  })

  it.each([431, 434, 435, 446, 460, 461, 462, 463])('waits for a decision after the code %i', async (code) => {
    const id = await desk.document('777777723')
    authority.approvals.refusals.set('777777723', code)
    await sweep()
    expect(await standing(id)).toMatchObject({ state: 'refused', problem: `code_${code}` })
    await again()
    expect([timesAsked(id), await mails(id), await answers(id)]).toEqual([1, 0, [`refused ${code}`]])
    authority.approvals.refusals.clear()
    await askAgain(desk.as('receptionist'), id)
    await sweep()
    expect((await standing(id)).state).toBe('approved')
  })

  it('leaves without one where somebody decided so, and is credited whole where somebody decided that', async () => {
    authority.approvals.refusals.set('777777723', 460)
    const [kept, void_] = [await desk.document('777777723'), await desk.document('777777723')]
    await sweep()
    await continueWithout(desk.as('owner'), kept, 'המשלם ויתר')
    await cancelDocument(desk.as('owner'), void_, { creditId: uuid(), reason: 'לא אושר' }, creditText)
    await relayOutbox(services, noQueue)
    expect([(await standing(kept)).state, await mails(kept)]).toEqual(['continued', 1])
    expect((await standing(void_)).state).toBe('cancelled')
    expect(await one('select kind, total_agorot::int as total from invoice where based_on_id = $1', void_)).toEqual({ kind: '330', total: 708_000 })
    await expect(askAgain(desk.as('owner'), kept)).rejects.toMatchObject({ code: 'allocation_settled' })
    await expect(typeNumber(desk.as('owner'), void_, '123456789')).rejects.toMatchObject({ code: 'allocation_settled' })
  })
})

describe('the leave to ask', () => {
  it('is refreshed where it ended, once for two workers who find it so at once', async () => {
    const [first, second] = [await desk.document(), await desk.document()]
    authority.consents.revoke()
    const [before, reused] = [authority.consents.refreshed, authority.consents.reused]
    await Promise.all([askForNumber(ctx(), asking(), first), askForNumber(ctx(), asking(), second)])
    await again() // whoever found the other at it comes again
    expect([(await standing(first)).state, (await standing(second)).state]).toEqual(['approved', 'approved'])
    expect([authority.consents.reused - reused, authority.consents.refreshed - before >= 1]).toEqual([0, true])
  })

  it('is given to one of many who want to refresh at once', async () => {
    authority.consents.revoke()
    const held = await accessToken(ctx(), asking(), null)
    const before = authority.consents.refreshed
    const all = await Promise.all(Array.from({ length: 8 }, () => accessToken(ctx(), asking(), held.kind === 'access' ? held.token : '')))
    expect(all.filter(({ kind }) => kind === 'access').length).toBeGreaterThan(0)
    expect(all.every(({ kind }) => kind === 'access' || kind === 'busy')).toBe(true)
    expect([authority.consents.refreshed - before, authority.consents.reused]).toEqual([1, 0])
  })

  it('ends where the authority takes it back; documents wait, and go on when somebody connects again', async () => {
    const id = await desk.document()
    authority.consents.revoke(true)
    await sweep()
    expect([(await connection()).state, await standing(id)]).toMatchObject(['expired', { state: 'waiting', problem: 'reconnect' }])
    await again()
    expect(timesAsked(id)).toBe(0)
    desk.backToRealTime()
    await desk.consent()
    await sweep()
    await sweep()
    expect(await standing(id)).toMatchObject({ state: 'approved', number: authority.approvals.numberOf(id) })
  })

  it('survives an authority that is away when it is exchanged, and documents that wait do not keep it longer', async () => {
    const id = await desk.document()
    await desk.consent()
    authority.faults.add({ at: 'token', kind: 'status', status: 503 })
    await sweep()
    expect((await connection()).state).toBe('connecting')
    await sweep()
    expect((await connection()).state).toBe('connected')
    await again()
    expect((await standing(id)).state).toBe('approved')
  })

  it('is not needed: without it a number is typed by hand, and the document leaves with that', async () => {
    await disconnect(desk.as('owner'))
    const id = await desk.document()
    await sweep()
    expect(await standing(id)).toMatchObject({ state: 'waiting', problem: 'not_connected' })
    await typeNumber(desk.as('owner'), id, '2026 1122 123456789')
    await typeNumber(desk.as('owner'), id, '20261122123456789')
    await relayOutbox(services, noQueue)
    expect([await standing(id), await mails(id), timesAsked(id), await answers(id)]).toMatchObject([{ state: 'approved', number: '20261122123456789' }, 1, 0, ['typed']])
  })
})
