import { expect, test } from 'vitest'
import { openApi } from './openapi.ts'
import { problemList } from './problem-list.ts'

// Renew both with: npx vitest run apps/api/src/http/documents.test.ts -u
test('docs/openapi.json is what the route table says', async () => {
  await expect(`${JSON.stringify(openApi(), null, 1)}\n`).toMatchFileSnapshot('../../../../docs/openapi.json')
})

test('docs/PROBLEMS.md names every code with its status', async () => {
  await expect(problemList()).toMatchFileSnapshot('../../../../docs/PROBLEMS.md')
})

test('every operation has its own name, a permission and an audit', () => {
  const operations = Object.values(openApi().paths).flatMap((path) => Object.values(path) as { operationId: string; 'x-permission': string; 'x-audit': string }[]) // made by openApi above
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const one of operations) expect([one['x-permission'], one['x-audit']]).not.toContain(undefined)
})
