import type { RouteKey } from '@yoman/contract/routes'

/** What treatment plans and the list of what was agreed show, by the noun of the event that makes it out of date. */
export const planRoutesByNoun: Record<string, readonly Extract<RouteKey, `GET ${string}`>[]> = {
  plan: ['GET /treatment-plans', 'GET /treatment-plans/:id', 'GET /treatment-plans/:id/shown', 'GET /agreed-phases', 'GET /patients/:id/teeth'],
  letter: ['GET /letters'],
  letter_template: ['GET /letter-templates'],
  attachment: ['GET /letters'],
  order: ['GET /treatment-plans', 'GET /agreed-phases'],
  appointment: ['GET /treatment-plans', 'GET /agreed-phases'],
  patient: ['GET /agreed-phases'],
}
