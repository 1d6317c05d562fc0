import { expect, test } from 'vitest'
import { testBrowser } from './browser.ts'

test('opens a real browser that lays Hebrew out from the right', async () => {
  const browser = await testBrowser()
  const page = await browser.newPage()
  await page.setContent('<html dir="rtl"><body style="inline-size: 400px"><span>שלום</span></body></html>')
  const left = await page.locator('span').evaluate((span) => span.getBoundingClientRect().left)
  await browser.close()
  expect(left).toBeGreaterThan(300)
})
