import type { Handlers } from './http/handler.ts'
import { sessionHandlers } from './sessions/routes.ts'

/** Every noun's handlers. A route of the table that nobody handles is found by routes.test.ts. */
export const handlers = {
  ...sessionHandlers,
} satisfies Partial<Handlers>
