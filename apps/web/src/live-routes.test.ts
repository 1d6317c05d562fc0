import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { routes } from '@yoman/contract/routes'
import { staleRoutes } from './live-routes.ts'

/** The texts of our own sources whose path matches. */
const files = (path: RegExp): string[] =>
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => path.test(file)).map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))

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

/** Reads of a screen that no event renews, and why that is right. */
const renewedByNone: Record<string, string> = {
  'GET /encounters/:id/version': 'what was written once is not changed',
  'GET /attachments/:id/preview': 'a file is not changed',
  'GET /events': 'every reading leaves an event, also this one',
  'GET /me/calendar-feed': 'only its owner changes it, on this screen',
  'GET /payment-link-money/:id/visits': 'asked for when its dialog opens, and judged again when one is chosen',
  'GET /reminder-numbers': 'of days that have passed',
}

test('every read of a screen is renewed by an event, or it is said why by none', () => {
  const nouns = files(/^live-routes.*\.ts$/).flatMap((text) => [...text.matchAll(/^ {2}(\w+): \[/gm)].map(([, noun]) => noun))
  const renewed = new Set<string>(nouns.flatMap((noun) => staleRoutes(`${noun}.changed`)))
  const read = new Set(files(/\.(vue|ts)$/).flatMap((text) => [...text.matchAll(/useRead\('(GET [^']+)'/g)].map(([, key]) => key ?? '')))
  expect(read.size).toBeGreaterThan(80)
  expect([...read].filter((key) => !renewed.has(key)).sort()).toEqual(Object.keys(renewedByNone).sort())
})
