import { expect, test } from 'vitest'
import { routes } from '@yoman/contract/routes'
import { staleRoutes } from './live-routes.ts'

/** Whether a value of this schema may hold a property of that name, at any depth. */
function holds(schema: unknown, name: string): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null && name in schema.properties) return true
  return Object.values(schema).some((part) => holds(part, name))
}

test('a change of a patient renews every read that names patients or shows their alerts', () => {
  const told = Object.entries(routes).flatMap(([key, route]) => (key.startsWith('GET ') && (holds(route.response, 'familyName') || holds(route.response, 'alerts')) ? [key] : []))
  expect(told.length).toBeGreaterThan(30)
  const renewed: readonly string[] = staleRoutes('patient.changed')
  expect(told.filter((key) => !renewed.includes(key))).toEqual([])
})
