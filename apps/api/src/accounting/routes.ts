import type { accountingRoutes, AccountingConnection, AccountingEntry } from '@yoman/contract/accounting'
import type { ListedEntry } from '@yoman/db/accounting/lists'
import { totalOf } from '@yoman/domain/accounting/entry'
import { plainDate } from '@yoman/domain/time'
import { accountingConnection, changeAccounts, connectAccounting, disconnectAccounting } from '@yoman/use-cases/accounting/connect'
import { sendAgain } from '@yoman/use-cases/accounting/again'
import { askForReading } from '@yoman/use-cases/accounting/read-back'
import { pageOfEntries, reconcile } from '@yoman/use-cases/accounting/read'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { entriesCsv } from './csv.ts'

const daysOf = ({ from, to }: { from: string; to: string }) => ({ from: plainDate(from), to: plainDate(to) })

export const accountingHandlers = {
  'GET /accounting-connection': (ctx) => connection(ctx),

  'PUT /accounting-connection': async (ctx, { body: { service, address, company, user, key, report, accounts, firstOn } }) => {
    await connectAccounting(ctx, { service, address: address.trim().replace(/\/+$/, ''), company: company.trim(), secret: { user, key, report }, keys: accounts, firstOn: plainDate(firstOn) }, ctx.services.securityClock.now(), ctx.services.accountingOrigins ?? [])
    return connection(ctx)
  },

  'PUT /accounting-connection/accounts': async (ctx, { body }) => {
    await changeAccounts(ctx, body.accounts, body.version, ctx.services.securityClock.now())
    return connection(ctx)
  },

  'DELETE /accounting-connection': async (ctx) => {
    await disconnectAccounting(ctx)
    return null
  },

  'GET /accounting-reconciliations': async (ctx, { query }) => {
    const { counts, strangers, more } = await reconcile(ctx, daysOf(query))
    return { counts, strangers: strangers.map((one) => ({ ...one, day: one.day.toString() })), more }
  },

  'GET /accounting-entries': async (ctx, { query: { from, to, state, ...page } }) => {
    const { items, next } = await pageOfEntries(ctx, { ...daysOf({ from, to }), states: state === undefined ? null : [state], ...page })
    return { items: items.map(presentEntry), next }
  },

  'GET /accounting-entries/csv': async (ctx, { query: { language, ...days } }) => entriesCsv(ctx, language, daysOf(days)),

  'POST /accounting-entries/:id/sendings': async (ctx, { params }) => {
    await sendAgain(ctx, params.id)
    return null
  },

  'POST /accounting-readings': async (ctx, { body }) => {
    await askForReading(ctx, daysOf(body))
    return connection(ctx)
  },
} satisfies Handlers<keyof typeof accountingRoutes>

async function connection(ctx: RequestContext): Promise<AccountingConnection> {
  const row = await accountingConnection(ctx)
  const standIn = ctx.services.accountingStandIn ?? null
  if (!row) return { state: 'off', service: null, address: null, company: null, problem: null, message: '', accounts: null, firstOn: null, version: null, connectedAt: null, readAt: null, reading: false, readProblem: null, readMessage: '', standIn }
  return {
    state: row.state, service: row.service, address: row.address, company: row.company, problem: row.problem, message: row.message, accounts: row.accounts, firstOn: row.first_on.toString(), version: row.version,
    connectedAt: row.connected_at.toString(), readAt: row.read_at?.toString() ?? null, reading: row.read_problem === null && (row.read_lease_until !== null || row.read_from !== null), readProblem: row.read_problem, readMessage: row.read_message, standIn,
  }
}

const presentEntry = ({ issuedOn, held, sentAt, attempt: _attempt, heldAgorot: _held, ...entry }: ListedEntry): AccountingEntry => ({
  ...entry, issuedOn: issuedOn.toString(), sentAt: sentAt?.toString() ?? null, held: held && { date: held.date, totalAgorot: totalOf(held.lines), accounts: [...new Set(held.lines.map(({ account }) => account))] },
})
