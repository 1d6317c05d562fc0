// A patient pays a debt on the provider's page: the desk sends the link, the SMS brings it, and the debt is gone with its document there.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, openPage, type OpenPage, sideways, turnLanguage } from './page.ts'

interface Debtor {
  patient: { id: string; givenName: string; familyName: string; phone: string | null }
  organisation: object | null
  totalAgorot: number
  documents: number
}
interface Owed {
  items: { id: string; number: number; owedAgorot: number }[]
}
interface Links {
  items: { id: string; state: string; url: string | null; receiptId: string | null }[]
}

let product: TestProduct
let browser: Browser
let api: Api
let desk: OpenPage
let page: Page
let debtors: Debtor[]

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  api = await apiOf(product.url, 'desk')
  debtors = (await api<{ items: Debtor[] }>('GET', '/debts?limit=50')).items.filter(({ organisation, documents, patient }) => organisation === null && documents === 1 && patient.phone !== null)
  browser = await testBrowser()
  desk = await openAs(browser, product.url, 'desk')
  page = desk.page
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const owedBy = async ({ patient }: Debtor) => (await api<Owed>('GET', `/debts/${patient.id}`)).items
const linksOf = async (invoiceId: string) => (await api<Links>('GET', `/invoices/${invoiceId}/payment-links`)).items
const debtor = (index: number): Debtor => debtors[index] ?? expect.fail('the demo has more who owe')

/** Pages to pay on that text messages led to, by the post office. */
const pagesSaid = async (): Promise<string[]> => {
  const { sms } = (await (await fetch(`${product.url}/dev/post/api/post?after=-1`)).json()) as { sms: { body: string }[] }
  return sms.flatMap(({ body }) => /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]{36}/.exec(body) ?? [])
}

/** Opens the panel of somebody who owes. */
async function panelOf({ patient }: Debtor): Promise<Locator> {
  await page.goto(`${product.url}/debts`)
  await page.getByRole('button', { name: `פרטים: ${patient.givenName} ${patient.familyName}` }).first().press('Enter')
  const panel = page.getByRole('dialog')
  await panel.getByRole('region', { name: 'קישור לתשלום' }).waitFor()
  return panel
}

test('the desk sends a link from the list of debts, the patient pays by it, and the debt is gone', async () => {
  await expect.poll(async () => (await api<{ state: string }>('GET', '/payment-provider')).state, { timeout: 60_000 }).toBe('connected') // the worker tries the demo's keys
  const who = debtor(0)
  const [document] = await owedBy(who)
  const panel = await panelOf(who)
  const part = panel.getByRole('region', { name: 'קישור לתשלום' })
  expect(await barriers(page)).toEqual([])
  await part.getByRole('button', { name: 'שליחת קישור לתשלום' }).press('Enter')
  await part.getByText('ממתין לתשלום').waitFor({ timeout: 30_000 })
  await part.getByText(/SMS: (נשלחה|נמסרה)/).waitFor({ timeout: 30_000 })
  await part.getByRole('button', { name: 'שליחת הקישור שוב' }).press('Enter')
  await page.getByText('הקישור כבר נשלח כך, ודבר לא נשלח שוב').waitFor()
  expect(await barriers(page)).toEqual([])

  // The telephone of the patient, and the page that its message leads to.
  await expect.poll(pagesSaid, { timeout: 30_000 }).toHaveLength(1)
  const phone = await openPage(browser, (await pagesSaid())[0] ?? '', { width: 390, height: 844 })
  await phone.page.getByText(((document?.owedAgorot ?? 0) / 100).toFixed(2)).waitFor()
  await phone.page.getByRole('button', { name: /תשלום בכרטיס|Pay by card/ }).click()
  await phone.page.getByText(/התשלום התקבל|was received/).waitFor()
  await phone.context.close()

  // Without a reload.
  await panel.getByText('הכול שולם בינתיים').waitFor({ timeout: 30_000 })
  expect(await owedBy(who)).toEqual([])
  const [link] = await linksOf(document?.id ?? '')
  expect(link?.state).toBe('paid')
  await page.goto(`${product.url}/invoices/${link?.receiptId}`)
  await page.getByRole('heading', { name: /חשבונית מס\/קבלה/, level: 1 }).waitFor()
  await page.getByText('בקישור').first().waitFor()
  await page.locator('iframe').waitFor()

  // At the provider, and in no drawer.
  const { branchId } = await api<{ branchId: string }>('GET', `/invoices/${link?.receiptId}`)
  const cash = await api<{ byLink: { receipt: { id: string } | null }[]; payments: { receipt: { id: string } | null }[] }>('GET', `/cash-desk?branchId=${branchId}`)
  expect([cash.byLink.map(({ receipt }) => receipt?.id), cash.payments.some(({ receipt }) => receipt?.id === link?.receiptId)]).toEqual([[link?.receiptId], false])
})

test('money that is not what was asked for waits for the desk, which takes it for the document', async () => {
  const who = debtor(1)
  const [document] = await owedBy(who)
  await page.goto(`${product.url}/invoices/${document?.id}`)
  const part = page.getByRole('region', { name: 'קישור לתשלום' })
  await part.getByRole('button', { name: 'שליחת קישור לתשלום' }).click()
  await expect.poll(async () => (await linksOf(document?.id ?? ''))[0]?.url ?? '', { timeout: 30_000 }).toMatch(/^http/)
  const phone = await browser.newPage()
  await phone.goto((await linksOf(document?.id ?? ''))[0]?.url ?? '')
  await phone.locator('summary').click()
  await phone.getByRole('button', { name: /שקל אחד פחות|a shekel less/ }).click()
  await phone.getByRole('status').waitFor()
  await phone.close()
  await part.getByText('דרושה החלטה').waitFor({ timeout: 30_000 })
  await part.getByText('שולם סכום אחר מהמבוקש.').waitFor()

  await page.goto(`${product.url}/debts`)
  const waiting = page.getByRole('region', { name: /כסף שהגיע בקישור/ })
  await waiting.getByRole('button', { name: /^החלטה/ }).click()
  const dialog = page.getByRole('dialog', { name: 'מה לעשות בכסף שהגיע' })
  await dialog.getByRole('radio', { name: 'לזקוף על ביקור, כמקדמה' }).check()
  await dialog.getByText(/למטופל אין ביקור שנותר לשלם|לפני יום הביקור מופקת קבלה/).waitFor()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('radio', { name: 'לזקוף על מסמך לתשלום' }).check()
  await dialog.getByRole('button', { name: 'החלטה', exact: true }).click()
  await waiting.waitFor({ state: 'detached' })
  await expect.poll(async () => (await owedBy(who)).map(({ owedAgorot }) => owedAgorot)).toEqual([100])
})

test('the settings show no key, in English and on a phone', async () => {
  const owner = await openAs(browser, product.url, 'owner')
  await owner.page.goto(`${product.url}/settings/payment-links`)
  const part = owner.page.getByRole('region', { name: 'החיבור ל-PayPlus' })
  await part.getByText('מחובר', { exact: true }).waitFor()
  await part.getByRole('button', { name: 'החלפת הפרטים' }).click()
  expect(await part.getByRole('textbox', { name: 'מפתח API' }).inputValue()).toBe('')
  expect(await barriers(owner.page)).toEqual([])
  await turnLanguage(owner.page, 'he')
  await owner.page.getByRole('region', { name: 'Connection to PayPlus' }).waitFor()
  await owner.page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(owner.page)).toEqual([])
  expect(await sideways(owner.page)).toBe(0)
  await owner.page.goto(`${product.url}/debts`)
  await owner.page.getByRole('heading', { level: 1 }).waitFor()
  expect(await sideways(owner.page)).toBe(0)
  expect([...desk.troubles, ...owner.troubles]).toEqual([])
})
