// Things that may happen in one kind of file alone.
import { expect, test } from 'vitest'
import { files, isTest, places } from './files.ts'

const product = files(/^(packages|apps)\/[^/]+\/src\/.*\.(ts|vue)$/).filter((path) => !isTest(path))
const except = (...allowed: RegExp[]): string[] => product.filter((path) => !allowed.some((pattern) => pattern.test(path)))

// Beside it stands the browser's own database, of one device.
test('only transact.ts opens transactions', () => {
  const openers = /\.(start)?transaction\(|['"`]\s*(begin(?!:)|start transaction)\b/i // BEGIN: is how a calendar file begins
  expect(places(except(/^packages\/use-cases\/src\/transact\.ts$|^apps\/web\/src\/room\/drafts\/device-store\.ts$/), openers)).toEqual([])
  expect(places(['packages/use-cases/src/transact.ts'], openers).length).toBeGreaterThan(0)
})

test('only transact.ts sets the scope of row-level security', () => {
  expect(places(except(/^packages\/use-cases\/src\/transact\.ts$/), /set_config\('app\./)).toEqual([])
})

test('only clock.ts files read the clock', () => {
  expect(places(except(/\/clock\.ts$/), /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\()|(?<!new )\bDate\(\)|Temporal\.Now/)).toEqual([])
})

test('queries take the time as a parameter', () => {
  expect(places(except(), /\bnow\(\)(?!\s*:)(?=.*(select|where|interval|set |values|`|default))|\bcurrent_timestamp\b|\bcurrent_date\b/i).filter((place) => place.startsWith('packages/db/'))).toEqual([])
})

test('migrations use the database clock only for the bookkeeping default of a column', () => {
  expect(places(files(/^migrations\/.*\.sql$/), /(?<!default )\b(now\(\)|current_timestamp|current_date)/i)).toEqual([])
})

test('only config.ts files read the environment; main.ts hands it to them', () => {
  expect(places(except(/\/config\.ts$/, /main\.ts$/), /process\.env/)).toEqual([])
  expect(places(product.filter((path) => /main\.ts$/.test(path)), /process\.env[.[]/)).toEqual([])
})

test('the web client names API paths in the contract alone', () => {
  expect(places(files(/^apps\/web\/src\/.*\.(ts|vue)$/).filter((path) => !isTest(path) && !/\/(api|paths|live)\.ts$/.test(path)), /['"`]\/api\//)).toEqual([])
})

test('no test sleeps, is focused or switched off, or mocks our own code', () => {
  const tests = files(/\.test\.ts$/).filter((path) => path !== 'tests/architecture/one-place.test.ts')
  expect(places(tests, /\b(test|it|describe)\.(only|skip|todo)\(|vi\.(mock|doMock)\(/)).toEqual([])
})
