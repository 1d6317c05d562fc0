import type { reminderReportRoutes } from '@yoman/contract/reminder-reports'
import { reminderChecks } from '@yoman/use-cases/reminders/nightly-check'
import { reminderNumbers } from '@yoman/use-cases/reminders/numbers'
import type { Handlers } from '../http/handler.ts'

export const reminderReportHandlers = {
  'GET /reminder-checks': async (ctx, { query }) => ({ items: (await reminderChecks(ctx, query.branchId)).map((row) => ({ ...row, checkedAt: row.checkedAt.toString() })) }),
  'GET /reminder-numbers': async (ctx, { query }) => ({ items: await reminderNumbers(ctx, query.branchId) }),
} satisfies Handlers<keyof typeof reminderReportRoutes>
