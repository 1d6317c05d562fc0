import { encounterHandlers } from './encounters/routes.ts'
import type { Handlers } from './http/handler.ts'
import { patientHandlers } from './patients/routes.ts'
import { sessionHandlers } from './sessions/routes.ts'

/** Every noun's handlers. A route of the table that nobody handles is found by routes.test.ts. */
export const handlers = {
  ...sessionHandlers,
  ...patientHandlers,
  ...encounterHandlers,
} satisfies Partial<Handlers>
