import { instant } from '@yoman/domain/time'
import { expect, test } from 'vitest'
import { testVault } from '../cast.ts'
import { makeDatabase } from '../database.ts'
import { loadDemo } from './load.ts'

// The product is started at any hour: on a Sabbath nobody comes, on a Monday afternoon the demo's meetings are near, Passover closes a week.
test.each(['2026-11-28T12:00:00Z', '2026-11-23T13:46:00Z', '2027-04-21T16:00:00Z'])('the demo clinic can be loaded at %s', async (now) => {
  const database = await makeDatabase()
  try {
    expect(await loadDemo({ pool: database.ownerPool, vault: testVault(), now: instant(now), patients: 400 })).toBe('loaded')
  } finally {
    await database.drop()
  }
}, 300_000)
