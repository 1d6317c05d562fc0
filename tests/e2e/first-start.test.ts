// A newcomer's first minutes: npm start on an empty folder, then signing in as everybody of the demo clinic.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { demoLogins } from '@yoman/testing/demo/logins'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { barriers, openPage, sideways, signIn } from './page.ts'

let product: TestProduct
let browser: Browser

beforeAll(async () => {
  product = await testProduct()
  browser = await testBrowser()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('tells the address and the logins, and says that nothing is really sent', () => {
  expect(product.output()).toContain(product.url)
  for (const { email } of demoLogins) expect(product.output()).toContain(email)
  expect(product.output()).toContain('/dev/post')
})

describe('the sign-in page', () => {
  test.each([['a desk', { width: 1280, height: 800 }], ['a phone', { width: 360, height: 740 }]])('fits on %s, in Hebrew and in English, and has no barriers', async (_, size) => {
    const { page, context, troubles } = await openPage(browser, product.url, size)
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
    expect(await barriers(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await page.locator('html').getAttribute('dir')).toBe('ltr')
    expect(await barriers(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    expect(troubles).toEqual([])
    await context.close()
  })

  test('lets nobody in with a wrong password, and says so in words', async () => {
    const { page, context } = await openPage(browser, product.url)
    await page.getByLabel('דוא״ל').fill('desk@shaked.example')
    await page.getByRole('textbox', { name: 'סיסמה' }).fill('not the password')
    await page.getByRole('button', { name: 'כניסה', exact: true }).click()
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByRole('navigation').count()).toBe(0)
    expect(await page.getByRole('alert').first().textContent()).toMatch(/\p{Script=Hebrew}{3}/u)
    await context.close()
  })
})

test.each(demoLogins.map(({ role, email }) => [role, email]))('the %s signs in and stays signed in over a reload', async (_, email) => {
  const { page, context, troubles } = await openPage(browser, product.url)
  await signIn(page, email)
  await page.reload()
  await page.getByRole('navigation').first().waitFor()
  expect(await page.getByLabel('דוא״ל').count()).toBe(0)
  expect(await sideways(page)).toBe(0)
  expect(troubles).toEqual([])
  await context.close()
})
