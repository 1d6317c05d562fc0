import { expect, test } from 'vitest'
import { buildRequest } from './request.ts'

test('fills the path, escaped, and leaves out what is unset', () => {
  const { url, init } = buildRequest('GET /patients/:id', { params: { id: 'a/b' }, query: { limit: 5, cursor: undefined } }, {})
  expect(url).toBe('/api/patients/a%2Fb?limit=5')
  expect(init.method).toBe('GET')
  expect(init.body).toBeUndefined()
})

test('sends a body as JSON and says so', () => {
  const { init } = buildRequest('POST /patients', { body: { givenName: 'רותי' } }, { authorization: 'Bearer x' })
  expect(init.body).toBe('{"givenName":"רותי"}')
  expect(init.headers).toEqual({ authorization: 'Bearer x', 'content-type': 'application/json' })
})
