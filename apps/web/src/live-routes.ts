import type { EventName } from '@yoman/domain/events'
import type { RouteKey } from '@yoman/contract/routes'

type ReadKey = Extract<RouteKey, `GET ${string}`>

const byNoun: Record<string, readonly ReadKey[]> = {
  appointment: ['GET /diary', 'GET /appointments/:id', 'GET /patients/:id', 'GET /orders'],
  patient: ['GET /patients', 'GET /patients/:id', 'GET /diary'],
  consent: ['GET /patients/:id'],
  encounter: ['GET /patients/:id', 'GET /diary'],
  order: ['GET /orders', 'GET /orders/:id', 'GET /patients/:id', 'GET /diary'],
}

/** The cached reads that an event makes out of date, by its noun. */
export const staleRoutes = (name: EventName): readonly ReadKey[] => byNoun[name.slice(0, name.indexOf('.'))] ?? []
