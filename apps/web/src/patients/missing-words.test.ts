import { expect, test } from 'vitest'
import { missingWords } from './missing-words.ts'

test('some names are said, and how many more there are', () => {
  expect(missingWords(['טלפון'])).toBe('כשיהיה נוח, כדאי להשלים פרט אחד: טלפון.')
  expect(missingWords(['טלפון', 'ביטוח'])).toBe('כשיהיה נוח, כדאי להשלים שני פרטים: טלפון, ביטוח.')
  expect(missingWords(['א', 'ב', 'ג', 'ד'])).toBe('כשיהיה נוח, כדאי להשלים 4 פרטים: א, ב, ג, ד.')
  expect(missingWords(['א', 'ב', 'ג', 'ד', 'ה', 'ו'])).toBe('כשיהיה נוח, כדאי להשלים 6 פרטים: א, ב, ג ועוד 3.')
})
