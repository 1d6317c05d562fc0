// A new clinic from nothing to its first appointment, without the demo: what an owner does in the first ten minutes.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { choose, freeTimes, hebrew } from './desk.ts'
import { barriers, openPage, sideways } from './page.ts'

// A real clinic is not started without somebody who carries its messages; none is sent in this test.
const carriers = { TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001', TWILIO_AUTH_TOKEN: 'token-of-a-test', TWILIO_FROM: '+972500000000', SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'clinic@example.com' }
const password = 'a phrase of the owner'

let product: TestProduct
let browser: Browser

beforeAll(async () => {
  product = await testProduct({ DEMO: '0', ...carriers })
  browser = await testBrowser()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('an owner sets a clinic up by its link and books the first appointment', async () => {
  const link = /\S+\/setup#\S+/.exec(product.output())?.[0]
  expect(link).toBeDefined()
  const { page, context, troubles } = await openPage(browser, link ?? '')
  await page.getByLabel('שם המרפאה').fill('מרפאת הים')
  await page.getByLabel('שם הסניף').fill('חיפה')
  await page.getByLabel('השם שלך').fill('רונית ים')
  await page.getByLabel('דוא״ל').fill('ronit@example.com')
  await page.getByRole('textbox', { name: 'סיסמה' }).fill(password)
  await page.getByRole('button', { name: 'שמירה' }).click()
  await page.getByRole('button', { name: 'כניסה', exact: true }).waitFor()
  await page.getByLabel('דוא״ל').fill('ronit@example.com')
  await page.getByRole('textbox', { name: 'סיסמה' }).fill(password)
  await page.getByRole('button', { name: 'כניסה', exact: true }).click()

  await page.getByRole('heading', { name: 'הקמת המרפאה' }).waitFor()
  expect(await barriers(page)).toEqual([])
  const isDone = (step: string): Promise<void> => page.locator(`[data-step=${step}][data-done=true]`).waitFor()
  await page.getByLabel('טלפון').fill('04-555-0100')
  await page.getByRole('button', { name: 'המשך' }).click()
  await isDone('clinic')
  await page.getByRole('button', { name: 'המשך' }).click() // the usual week as it is
  await isDone('hours')
  for (const [name, job] of [['ד״ר מאיה גל', 'רופא/ה'], ['שחר קבלה', 'קבלה']] as const) {
    await page.getByLabel('שם מלא').fill(name)
    await page.getByLabel('דוא״ל').fill(`${job === 'קבלה' ? 'desk' : 'maya'}@example.com`)
    await choose(page, 'תפקיד', job)
    await page.getByRole('button', { name: 'הוספה לצוות' }).click()
    await page.locator('[data-step=people] li').filter({ hasText: name }).waitFor()
  }
  await isDone('people')
  const deskPassword = await page.locator('[data-step=people] li').filter({ hasText: 'שחר קבלה' }).locator('code').innerText()
  await page.getByRole('button', { name: 'המשך' }).click()
  await page.getByRole('button', { name: 'הוספת המקומות' }).click()
  await isDone('places')
  await page.getByRole('button', { name: 'הוספת הסוגים המסומנים' }).click()
  await isDone('types')
  await page.getByRole('button', { name: 'הפעלת התזכורות' }).click()
  await isDone('reminders')
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await sideways(page)).toBe(0)
  await page.setViewportSize({ width: 1280, height: 800 })

  await page.getByRole('link', { name: 'קביעת התור הראשון' }).click()
  const dialog = page.getByRole('dialog', { name: hebrew.newBooking })
  await dialog.getByRole('combobox', { name: hebrew.patient }).fill('יעל ראשונה')
  await page.getByRole('option', { name: 'תיק חדש: יעל ראשונה' }).click()
  await dialog.getByLabel('טלפון').fill('052-555-0199')
  await choose(dialog, hebrew.visitType, 'ביקור ראשון')
  await freeTimes(dialog, hebrew, /./).first().click()
  await dialog.getByRole('button', { name: hebrew.book }).click()
  await page.locator('[data-event]').filter({ hasText: 'יעל ראשונה' }).waitFor()
  expect(troubles).toEqual([])
  await context.close()

  // The desk signs in with the password that was shown once, and sees the same diary.
  const desk = await openPage(browser, product.url)
  await desk.page.getByLabel('דוא״ל').fill('desk@example.com')
  await desk.page.getByRole('textbox', { name: 'סיסמה' }).fill(deskPassword)
  await desk.page.getByRole('button', { name: 'כניסה', exact: true }).click()
  await desk.page.getByRole('heading', { level: 1 }).waitFor()
  await desk.page.keyboard.press('Control+KeyK')
  await desk.page.locator('[role=search] input').fill('יעל')
  await desk.page.getByRole('option', { name: /יעל ראשונה/ }).waitFor()
  await desk.context.close()
})
