import { expect, test } from 'vitest'
import { files, places } from './files.ts'

const texts = files(/\.(ts|mts|mjs|js|vue|css|html|json|md|sql|ya?ml|sh|example)$|(^|\/)(Dockerfile|run|\.gitignore|\.dockerignore)$/).filter((path) => path !== 'tests/architecture/traces.test.ts')

test('no file knows the machine it was written on', () => {
  expect(places(texts, /(?<![\w.~}])\/(?:root|home\/\w+|work|Users\/\w+)\/(?!\.?data\b)/)).toEqual([])
})

test('the lockfile names no place to fetch from, so every npm uses its own registry', () => {
  expect(places(['package-lock.json'], /"resolved": "https?:/)).toEqual([])
})

test('no key, token or password is committed', () => {
  const secrets = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*(?:\\n)?[A-Za-z0-9+/]{20}|\bAC[0-9a-f]{32}\b(?<!(.)\1{31})|\bnpm_[A-Za-z0-9]{36}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b/
  expect(places(texts, secrets)).toEqual([])
})
