import type { ListedStatement as ListedRow } from '@yoman/db/statements/queries'
import type { ListedStatement, statementRoutes } from '@yoman/contract/statements'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { statementSheet } from '@yoman/documents/statements/model'
import { type PlainDate, plainDate } from '@yoman/domain/time'
import { composeStatementMessage, statementFileName } from '@yoman/messaging/statements/compose'
import { pageOfStatements, readStatement, showStatement } from '@yoman/use-cases/statements/read'
import { changeStatementSetting, statementSetting } from '@yoman/use-cases/statements/settings'
import { mailStatement } from '@yoman/use-cases/statements/write'
import type { Handlers } from '../http/handler.ts'

export const statementHandlers = {
  'GET /statement-settings': (ctx) => statementSetting(ctx),
  'PUT /statement-settings': (ctx, { body }) => changeStatementSetting(ctx, body),

  'GET /statements': async (ctx, { query: { month, ...query } }) => {
    const { items, months, ...page } = await pageOfStatements(ctx, { ...query, month: firstOf(month) })
    return { ...page, items: items.map(present), months: months.map((one) => one.toString().slice(0, 7)) }
  },

  'GET /statements/:id/pdf': async (ctx, { params }) => {
    const { content, patientId, madeAt } = await readStatement(ctx, params.id)
    for (const id of new Set([patientId, ...content.accounts])) ctx.reading({ name: 'patient.read', subject: { type: 'patient', id }, patientId: id, details: { kind: 'statement', statement: params.id } })
    return { name: statementFileName(content), body: await drawSheet(statementSheet(content, madeAt.epochMilliseconds)) }
  },

  'GET /patients/:id/statement': async (ctx, { params, query }) => {
    const { content, readerId } = await showStatement(ctx, params.id, firstOf(query.month), query.language)
    for (const id of new Set([readerId, ...content.accounts])) ctx.reading({ name: 'patient.read', subject: { type: 'patient', id }, patientId: id, details: { kind: 'statement', month: query.month } })
    return { name: statementFileName(content), body: await drawSheet(statementSheet(content, ctx.now.epochMilliseconds)) }
  },

  'POST /patients/:id/statements': async (ctx, { params, body }) => {
    await mailStatement(ctx, params.id, { id: body.id, month: firstOf(body.month) }, composeStatementMessage)
    return null
  },
} satisfies Handlers<keyof typeof statementRoutes>

const firstOf = (month: string): PlainDate => plainDate(`${month}-01`)

const present = ({ patientId, givenName, familyName, givenNameLatin, familyNameLatin, phone, madeAt, ...one }: ListedRow): ListedStatement => ({
  ...one, madeAt: madeAt.toString(), patient: { id: patientId, givenName, familyName, givenNameLatin, familyNameLatin, phone },
})
