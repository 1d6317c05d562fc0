// Several pay for one visit, at the desk, in Hebrew and by the keyboard: an insurer most of one treatment of two, the patient the rest; and what the insurer refuses is asked of the patient.
import type { Browser, Locator, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { choose } from './desk.ts'
import { barriers, openAs, type OpenPage, sideways } from './page.ts'

interface Visit {
  id: string
  status: string
  practitionerId: string
  patient: { id: string; name: string } | null
}
interface Bill {
  totalAgorot: number
  ownAgorot: number
  lines: { procedureId: string | null; totalAgorot: number; description: string }[]
  parts: { totalAgorot: number; invoice: { id: string; number: number; balanceAgorot: number } | null }[]
  invoice: { id: string; totalAgorot: number } | null
}

let product: TestProduct
let browser: Browser
let api: Api
let visit: Visit
let desk: OpenPage
let encounterId: string
const insurer = { id: uuid(), name: 'ביטוח אלמוג', nameLatin: 'Almog Insurance', dealerNumber: '', address: 'הנמל 2, חיפה', email: '', takesEmail: false, language: 'he' }

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  api = await apiOf(product.url, 'desk')
  const doctor = await apiOf(product.url, 'doctor')
  const branchId = (await api<{ branches: { id: string }[] }>('GET', '/me')).branches[0]?.id ?? ''
  const { visits } = await api<{ visits: Visit[] }>('GET', `/diary?branchId=${branchId}&date=2026-11-22`)
  const { practitionerId } = await doctor<{ practitionerId: string | null }>('GET', '/me')
  visit = visits.find((one) => one.patient && one.practitionerId === practitionerId && (one.status === 'booked' || one.status === 'confirmed')) ?? expect.fail('the doctor has nobody today')
  for (const step of ['arrival', 'start']) await api('POST', `/appointments/${visit.id}/${step}`, {})
  const encounter = await doctor<{ id: string; version: number }>('POST', '/encounters', { id: uuid(), appointmentId: visit.id })
  encounterId = encounter.id
  const { items } = await doctor<{ items: { priceItemId: string; priceAgorot: number }[] }>('GET', `/encounters/${encounterId}/prices`)
  const procedures = items.filter(({ priceAgorot }) => priceAgorot >= 10_000).slice(0, 2).map(({ priceItemId }) => ({ id: uuid(), priceItemId, quantity: 1 }))
  await doctor('PUT', `/encounters/${encounterId}/procedures`, { version: encounter.version, procedures })
  await api('POST', '/organisations', insurer)
  browser = await testBrowser()
  desk = await openAs(browser, product.url, 'desk')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const bill = (): Promise<Bill> => api<Bill>('GET', `/appointments/${visit.id}/bill`)
const shownBill = (page: Page): Locator => page.getByRole('region', { name: 'החשבון על הביקור' })
const digits = (agorot: number): string => (agorot / 100).toLocaleString('en', { minimumFractionDigits: 2 })

test('the desk sets what the insurer pays of one treatment, and says to the patient what is left before it is saved', async () => {
  const { page } = desk
  await page.getByRole('complementary').getByRole('region', { name: 'בטיפול', exact: true }).getByRole('button', { name: visit.patient?.name ?? '' }).first().press('Enter')
  await shownBill(page).getByRole('button', { name: 'גורם נוסף משלם חלק' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'גורם נוסף משלם חלק' })
  await choose(dialog, 'מי משלם חלק', insurer.name)
  const { lines, totalAgorot } = await bill()
  const [mine, theirs] = lines
  if (!mine || !theirs) throw new Error('the doctor wrote two treatments')
  const amount = dialog.getByRole('textbox', { name: 'אחוז ממחיר הטיפולים' })
  await amount.fill('101')
  await page.keyboard.press('Enter')
  await dialog.getByText('האחוז אינו תקין').waitFor()
  await amount.fill('70')
  await dialog.getByRole('checkbox', { name: mine.description }).press('Space')
  const part = Math.round(theirs.totalAgorot * 0.7)
  await dialog.getByText(digits(totalAgorot - part)).waitFor()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'שמירה' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await shownBill(page).getByText(insurer.name).waitFor()
  expect(await bill()).toMatchObject({ ownAgorot: totalAgorot - part, parts: [{ totalAgorot: part, invoice: null }] })
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
})

test('when the visit is over each has a document of their own', async () => {
  const { page } = desk
  const doctor = await apiOf(product.url, 'doctor')
  const { totalAgorot } = await bill()
  await api('POST', `/appointments/${visit.id}/completion`, {})
  const { seq } = await doctor<{ seq: number }>('PUT', `/encounters/${encounterId}/draft`, { baseSeq: 0, body: 'כתר וסתימה.' })
  await doctor('POST', `/encounters/${encounterId}/signature`, { seq })
  await expect.poll(async () => (await bill()).invoice?.totalAgorot ?? null, { timeout: 30_000 }).not.toBeNull() // the worker writes it
  const { invoice, parts } = await bill()
  expect((invoice?.totalAgorot ?? 0) + (parts[0]?.totalAgorot ?? 0)).toBe(totalAgorot)
  await expect.poll(() => shownBill(page).getByRole('link', { name: /חשבונית עסקה/ }).count()).toBe(2)
  await expect.poll(() => shownBill(page).getByRole('button', { name: /^שינוי החלק של/ }).count()).toBe(0)
})

test('what the insurer refuses is asked of the patient from its document', async () => {
  const { page, troubles } = desk
  const [part] = (await bill()).parts
  await shownBill(page).getByRole('link', { name: new RegExp(`חשבונית עסקה ${part?.invoice?.number}`) }).press('Enter')
  await page.getByRole('heading', { name: /חשבונית עסקה/, level: 1 }).waitFor()
  await page.getByRole('main').getByText(insurer.name).first().waitFor()
  await page.getByRole('button', { name: 'חיוב מישהו אחר' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'חיוב מישהו אחר' })
  await dialog.getByText(digits(part?.totalAgorot ?? 0)).waitFor()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'הפקת החשבונית' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(async () => (await bill()).parts[0]?.invoice?.balanceAgorot).toBe(0)
  // The new document is shown: the patient's, on what it is based on.
  await page.getByRole('heading', { name: new RegExp(`חשבונית עסקה(?!.*${part?.invoice?.number}$)`), level: 1 }).waitFor()
  await expect.poll(() => page.getByRole('main').getByText(insurer.name).count()).toBe(0)
  expect(await barriers(page)).toEqual([])
  expect(troubles).toEqual([])
})
