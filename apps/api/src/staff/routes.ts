import type { staffRoutes } from '@yoman/contract/staff'
import { listStaff } from '@yoman/db/staff/queries'
import { changeStaff, createStaff, setRoles } from '@yoman/use-cases/staff/change'
import { givePassword } from '@yoman/use-cases/staff/password'
import { read } from '@yoman/use-cases/transact'
import type { Handlers } from '../http/handler.ts'

export const staffHandlers = {
  'GET /staff': async (ctx) => ({ items: await read(ctx, listStaff) }),
  'POST /staff': (ctx, { body }) => createStaff(ctx, ctx.services, body),
  'PATCH /staff/:id': (ctx, { params, body }) => changeStaff(ctx, ctx.services, params.id, body),
  'PUT /staff/:id/roles': (ctx, { params, body }) => setRoles(ctx, params.id, body),
  'PUT /staff/:id/password': async (ctx, { params, body }) => {
    await givePassword(ctx, ctx.services, params.id, body.password)
    return null
  },
} satisfies Handlers<keyof typeof staffRoutes>
