import type { discountRoutes } from '@yoman/contract/discounts'
import { costOfAll } from '@yoman/domain/invoices/discount'
import { setDiscount } from '@yoman/use-cases/discounts/give'
import { changeDiscountSetting, discountSetting } from '@yoman/use-cases/discounts/settings'
import { discountRegister } from '@yoman/use-cases/registers/discounts'
import { plainDate } from '@yoman/domain/time'
import type { Handlers } from '../http/handler.ts'
import { presentLine } from '../invoices/present.ts'
import { readingRegister } from '../registers/frame.ts'
import { discountsCsv, presentGivers } from './register.ts'

export const discountHandlers = {
  'PUT /appointments/:id/discount': async (ctx, { params, body }) => {
    const { lines } = await setDiscount(ctx, { appointmentId: params.id, procedureId: body.procedureId, give: body.discount })
    return { lines: lines.map(presentLine), totalAgorot: costOfAll(lines) }
  },

  'GET /discount-settings': (ctx) => discountSetting(ctx),
  'PUT /discount-settings': (ctx, { body }) => changeDiscountSetting(ctx, body),

  'GET /registers/discounts': async (ctx, { query }) => presentGivers((await discountRegister(ctx, asked(query))).givers),

  'GET /registers/discounts/csv': async (ctx, { query }) => {
    const request = asked(query)
    const { lines } = await discountRegister(ctx, request)
    readingRegister(ctx, 'discounts', request.from, request.to, query.branchId)
    return { name: `discounts ${query.from}.csv`, body: discountsCsv(lines, query.language) }
  },
} satisfies Handlers<keyof typeof discountRoutes>

const asked = ({ from, to, branchId }: { from: string; to: string; branchId?: string }) => ({ from: plainDate(from), to: plainDate(to), ...(branchId === undefined ? {} : { branchId }) })
