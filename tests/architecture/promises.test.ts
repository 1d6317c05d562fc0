// What one part promises, another must keep: routes, events, permissions, settings, documents.
import { routes } from '@yoman/contract/routes'
import { type EventName, events } from '@yoman/domain/events'
import { permissions } from '@yoman/domain/access'
import { refusals } from '@yoman/domain/refusal'
import { expect, test } from 'vitest'
import { files, isTest, read, readJson } from './files.ts'

const product = files(/^(packages|apps)\/[^/]+\/src\/.*\.ts$/).filter((path) => !isTest(path))
const textOf = (paths: readonly string[]): string => paths.map(read).join('\n')
const named = (text: string, name: string): boolean => [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => text.includes(quoted))

const keys = Object.keys(routes)

test('every route names an existing permission and its audit', () => {
  const known = [...Object.keys(permissions), 'public']
  const wrong = Object.entries(routes).filter(([, spec]) => !known.includes(spec.permission) || !['read', 'write', 'none'].includes(spec.audit))
  expect(wrong.map(([key]) => key)).toEqual([])
  expect(keys.length).toBeGreaterThan(20)
})

test('a route that changes something is audited as a write, one that reads never is', () => {
  const wrong = Object.entries(routes).filter(([key, spec]) => (key.startsWith('GET ') ? spec.audit === 'write' : false))
  expect(wrong.map(([key]) => key)).toEqual([])
})

test("every route that shows one patient's record leaves a trace of the reading", () => {
  const silent = Object.entries(routes).filter(([key, spec]) => /^GET \/(patients|encounters)\/:id/.test(key) && spec.audit === 'none')
  expect(silent.map(([key]) => key)).toEqual([])
})

test('every route is called by name in a test of the API', () => {
  const tests = textOf(files(/^(apps\/api|tests)\/.*\.test\.ts$/))
  expect(keys.filter((key) => !named(tests, key))).toEqual([])
})

test('every route has its handler', () => {
  const handlers = textOf(product.filter((path) => path.startsWith('apps/api/')))
  expect(keys.filter((key) => !named(handlers, key))).toEqual([])
})

test('every permission guards a route or a use case', () => {
  const guards = textOf(product.filter((path) => /^(packages\/(contract|use-cases)|apps\/api)\//.test(path)))
  expect(Object.keys(permissions).filter((permission) => !named(guards, permission))).toEqual([])
})

test('every event that the outbox carries has a listener in the worker', () => {
  const worker = textOf(product.filter((path) => path.startsWith('apps/worker/')))
  const carried = (Object.keys(events) as EventName[]).filter((name) => events[name].listened)
  expect(carried.filter((name) => !named(worker, name))).toEqual([])
})

test('every event is recorded by somebody', () => {
  const recorders = textOf(product.filter((path) => path !== 'packages/domain/src/events.ts'))
  expect(Object.keys(events).filter((name) => !named(recorders, name))).toEqual([])
})

test('every refusal can happen', () => {
  const rules = textOf(product.filter((path) => !/refusal\.ts$|refusal-titles\.ts$|^packages\/contract\/|^apps\/web\//.test(path)))
  expect(Object.keys(refusals).filter((code) => !named(rules, code))).toEqual([])
})

test('every refusal is explained with its status in docs/PROBLEMS.md', () => {
  const lines = read('docs/PROBLEMS.md').split('\n')
  const missing = Object.entries(refusals).filter(([code, status]) => !lines.some((line) => line.includes(`\`${code}\``) && line.includes(String(status))))
  expect(missing.map(([code]) => code)).toEqual([])
})

test('.env.example names every setting that a config.ts or docker-compose.yml reads, and no other', () => {
  const readers = files(/^(packages|apps)\/[^/]+\/src\/(.*\/)?(config|keys)\.ts$/).filter((path) => !isTest(path))
  const asked = new Set([...textOf(readers).matchAll(/\benv(?:\.|\[')([A-Z][A-Z0-9_]+)|\w+\('([A-Z][A-Z0-9_]+)'[),]/g)].map(([, direct, called]) => direct ?? called ?? ''))
  for (const [, name = ''] of read('docker-compose.yml').matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]+)/g)) asked.add(name)
  const offered = new Set([...read('.env.example').matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? ''))
  expect([...asked].filter((name) => !offered.has(name)).sort(), 'read, but not in .env.example').toEqual([])
  expect([...offered].filter((name) => !asked.has(name)).sort(), 'in .env.example, but not read').toEqual([])
})

test('docs/DEPENDENCIES.md gives a reason for every run-time dependency', () => {
  const reasons = read('docs/DEPENDENCIES.md')
  const manifests = files(/^(packages|apps)\/[^/]+\/package\.json$/).map(readJson) as { dependencies?: Record<string, string> }[] // our own files
  const names = new Set(manifests.flatMap(({ dependencies }) => Object.keys(dependencies ?? {})))
  expect([...names].filter((name) => !name.startsWith('@yoman/') && !name.startsWith('@types/') && !reasons.includes(name)).sort()).toEqual([])
})

test('links between documents lead somewhere', () => {
  const documents = files(/\.md$/)
  const known = new Set(files(/./))
  const broken = documents.flatMap((path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '')
    return links.filter((target) => !leadsTo(path, target, known)).map((target) => `${path} → ${target}`)
  })
  expect(broken).toEqual([])
})

function leadsTo(from: string, target: string, known: Set<string>): boolean {
  const path = decodeURIComponent(new URL(target, `file:///${from}`).pathname).slice(1)
  return known.has(path) || [...known].some((file) => file.startsWith(path.endsWith('/') ? path : `${path}/`))
}
