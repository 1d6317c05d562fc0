// The accountant takes a month's books, the file passes its check, and a damaged one is told of; in Hebrew and in English.
import { readFile } from 'node:fs/promises'
import { unzipSync, zipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readByTable, total } from '@yoman/documents/books/read-by-table.fixture'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { testCertificate } from '@yoman/testing/test-certificate'
import { choose } from './desk.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let opened: OpenPage
let page: Page

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'accountant')
  page = opened.page
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const hebrew = (bytes: Uint8Array | undefined): string => new TextDecoder('iso-8859-8').decode(bytes)

async function download(button: string): Promise<Uint8Array> {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  return readFile(await saved.path())
}

async function check(bytes: Uint8Array): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name: 'OPENFRMT.zip', mimeType: 'application/zip', buffer: Buffer.from(bytes) })
}

let file: Uint8Array

test('a month becomes a uniform file, with the screen that it must end with', async () => {
  await page.getByRole('link', { name: 'הנהלת חשבונות' }).click()
  await choose(page, 'סוג הקובץ', 'מבנה אחיד (ממשק פתוח)')
  await choose(page, 'תקופה', 'החודש הקודם')
  await expect.poll(() => page.getByLabel('מתאריך').inputValue()).toBe('01/10/2026')
  await page.getByRole('button', { name: 'הפקה', exact: true }).click()

  const end = page.getByRole('region', { name: 'ביצוע ממשק פתוח הסתיים בהצלחה' })
  await end.waitFor()
  await expect.poll(() => end.getByRole('heading').evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true)
  await expect.poll(() => end.innerText()).toMatch(/C:\\OPENFRMT\\51423876\.26\\1122080\d/)
  expect(await end.innerText()).toContain('514238765')
  expect(await barriers(page)).toEqual([])

  file = await download('הורדת הקובץ')
  const files = unzipSync(file)
  const [folder] = Object.keys(files).map((name) => name.replace(/\/[^/]+$/, ''))
  const records = readByTable(hebrew(unzipSync(files[`${folder}/BKMVDATA.zip`] ?? new Uint8Array())['BKMVDATA.TXT']))
  const headers = records.filter((record) => record[1200] === 'C100')
  expect(headers.length).toBeGreaterThan(100)
  expect(total(records.filter((record) => record[1250] === 'D110'), 1267)).toBe(total(headers, 1219))
  expect(headers.every((record) => record[1230]?.startsWith('202610'))).toBe(true)
  await expect.poll(() => end.getByRole('row', { name: /C100/ }).innerText()).toContain(String(headers.length))
})

test('passes the check, and a file with one agora too many does not', async () => {
  await page.getByRole('tab', { name: 'בדיקת קובץ' }).click()
  await check(file)
  await page.getByRole('heading', { name: /הקובץ תקין/ }).waitFor()

  const files = unzipSync(file)
  const [name = ''] = Object.keys(files).filter((path) => path.endsWith('BKMVDATA.zip'))
  const data = unzipSync(files[name] ?? new Uint8Array())['BKMVDATA.TXT'] ?? new Uint8Array()
  const at = Buffer.from(data).indexOf('\r\nC100') + 2 + 361 // the last digit of the first document's total
  data[at] = data[at] === 0x39 ? 0x38 : (data[at] ?? 0) + 1
  await check(zipSync({ ...files, [name]: zipSync({ 'BKMVDATA.TXT': data }) }))
  await page.getByRole('heading', { name: /שגיא/ }).waitFor()
  const fault = page.getByRole('listitem').filter({ hasText: 'סכום ללא מע״מ ועוד מע״מ אינם הסכום הכולל' })
  await expect.poll(() => fault.first().innerText()).toMatch(/שדה 1223/)
  expect(await barriers(page)).toEqual([])
})

test('the same file can be had again, in English and on a phone', async () => {
  await turnLanguage(page, 'he')
  await page.setViewportSize({ width: 390, height: 800 })
  await page.getByRole('tab', { name: 'Earlier exports' }).click()
  await page.getByRole('button', { name: /^Show Uniform file/ }).click()
  await page.getByRole('region', { name: 'The open format was completed successfully' }).waitFor()
  expect(Buffer.from(await download('Download the file')).equals(Buffer.from(file))).toBe(true)
  expect(await barriers(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  expect(opened.troubles).toEqual([])
})

test('the owner sets the certificate that documents are signed with, and takes it away again', async () => {
  const owner = await openAs(browser, product.url, 'owner')
  await owner.page.goto(`${product.url}/settings/clinic`)
  const card = owner.page.getByRole('region', { name: 'חתימה אלקטרונית על מסמכים' })
  await card.getByText('תעודת הדגמה').waitFor()
  await card.getByRole('button', { name: 'החלפת התעודה' }).click()
  const dialog = owner.page.getByRole('dialog', { name: 'בחירת תעודה' })
  const at = Date.UTC(2026, 10, 1)
  const certificate = testCertificate('מרפאות שקד', 'סוד', { fromMs: at, toMs: at + 40 * 86_400_000 })
  await dialog.locator('input[type=file]').setInputFiles({ name: 'shaked.p12', mimeType: 'application/x-pkcs12', buffer: certificate })
  await dialog.getByText('shaked.p12').waitFor()
  await dialog.getByLabel('סיסמת הקובץ').fill('לא זו')
  await dialog.getByRole('button', { name: 'שמירה' }).click()
  await dialog.getByText('הסיסמה אינה פותחת את הקובץ.').waitFor()
  expect(await barriers(owner.page)).toEqual([])
  await dialog.getByLabel('סיסמת הקובץ').fill('סוד')
  await dialog.getByRole('button', { name: 'שמירה' }).click()
  await dialog.waitFor({ state: 'detached' })
  await card.getByText('עומדת לפוג').waitFor()
  await turnLanguage(owner.page, 'he')
  const english = owner.page.getByRole('region', { name: 'Electronic signature of documents' })
  await english.getByText('Expires soon').waitFor()
  await english.getByRole('button', { name: 'Remove the certificate' }).click()
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Remove the certificate' }).click()
  await english.getByText('No certificate.').waitFor()
  expect(owner.troubles.filter((trouble) => !trouble.startsWith('422 '))).toEqual([])
})
