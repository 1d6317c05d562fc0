import { expect, test } from 'vitest'
import { t } from './i18n.ts'

test('a name of two directions is kept together in its sentence, every other word stays as it is', () => {
  expect(t('plans.take', { what: 'כתר PFM' })).toContain('\u2068כתר PFM\u2069')
  expect(t('plans.take', { what: 'כתר 36' })).not.toMatch(/[\u2066-\u2069]/u)
  expect(t('plans.take', { what: 'Crown' })).not.toMatch(/[\u2066-\u2069]/u)
})
