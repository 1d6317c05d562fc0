import type { RegisterFrame, RegisterLanguage } from '@yoman/documents/registers/frame'
import { dateIn, type PlainDate, timeIn } from '@yoman/domain/time'
import type { RegisterGround } from '@yoman/use-cases/registers/whose'
import type { RequestContext } from '../http/handler.ts'

/** What a print says of itself: made now, by the wall of the ground. */
export const frameOf = (ctx: RequestContext, { business, zone }: Pick<RegisterGround, 'business' | 'zone'>, language: RegisterLanguage, from: PlainDate, to: PlainDate): RegisterFrame => ({
  language, business, from, to, madeOn: dateIn(zone, ctx.now), madeAt: timeIn(zone, ctx.now).toString().slice(0, 5), madeAtMs: ctx.now.epochMilliseconds, about: [],
})

/** Leaves the event of the reading: which register of which days. */
export const readingRegister = (ctx: RequestContext, register: string, from: PlainDate, to: PlainDate, branchId?: string): void =>
  ctx.reading({ name: 'books.read', subject: { type: 'clinic', id: ctx.clinicId }, ...(branchId === undefined ? {} : { branchId }), details: { kind: register, fromDate: from.toString(), toDate: to.toString() } })
