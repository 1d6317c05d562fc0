// The patient's page: everything in one list, calls by one key, and not one clinical word on its way to the desk.
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Encounter, RoomVisit } from '@yoman/contract/encounters'
import { demoPassword } from '@yoman/testing/demo/logins'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { samplePng } from '@yoman/testing/sample-files'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let doctor: Api
let visits: RoomVisit[]

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  doctor = await apiOf(product.url, 'doctor')
  visits = (await doctor<{ items: RoomVisit[] }>('GET', '/room-days?date=2026-11-22')).items.filter(({ status }) => status === 'booked' || status === 'confirmed')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const spoken = {
  he: { account: 'desk', search: 'כהן', call: (name: string) => `שיחה: ${name}`, about: 'על מה דיברנו', promised: 'מה הובטח', ahead: 'מה לפנינו', calls: /^שיחות \(/, kind: 'שיחות:', find: 'חיפוש בכל התיק', none: 'לא נמצא דבר מתאים' },
  en: { account: 'desk3', search: 'cohen', call: (name: string) => `Call: ${name}`, about: 'What it was about', promised: 'What was promised', ahead: 'What is ahead', calls: /^Calls \(/, kind: 'Calls:', find: 'Search the whole record', none: 'Nothing fits' },
}

test('the code of the record is there before it is asked for', async () => {
  const { page, context } = await openAs(browser, product.url, 'desk2')
  await page.locator('.grid-layer').waitFor()
  await expect.poll(() => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/PatientPage-'))), { timeout: 15_000 }).toBe(true)
  const code: string[] = []
  await page.keyboard.press('Control+KeyK')
  await page.keyboard.type(spoken.he.search)
  await page.getByRole('option').first().waitFor()
  page.on('request', (request) => request.resourceType() === 'script' && code.push(request.url()))
  await page.keyboard.press('Enter')
  await page.getByRole('tabpanel').getByRole('searchbox').waitFor()
  expect(code).toEqual([])
  await context.close()
})

describe.each(['he', 'en'] as const)('in %j', (language) => {
  const words = spoken[language]
  let opened: OpenPage
  let page: Page
  beforeAll(async () => {
    opened = await openAs(browser, product.url, words.account)
    ;({ page } = opened)
    if (language === 'en') await turnLanguage(page, 'he')
    await page.locator('.grid-layer').waitFor()
  })
  afterAll(async () => void (await opened?.context.close()))

  test('a call is written down from the search by keys alone, and stands in the record with what was promised', async () => {
    const [said, promise] = [`said in ${language}`, `promised in ${language}`]
    const find = async (): Promise<string> => {
      await page.keyboard.press('Control+KeyK')
      await page.keyboard.type(words.search)
      const hit = page.getByRole('option').first()
      await hit.waitFor()
      return hit.locator('.font-medium').innerText()
    }
    const name = await find()
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: words.call(name) })
    await dialog.getByLabel(words.about).and(page.locator(':focus')).waitFor()
    await page.keyboard.type(said)
    await dialog.getByLabel(words.promised).fill(promise)
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await find()
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: words.ahead }).getByRole('link', { name: promise }).waitFor()
    await page.getByRole('tabpanel').getByRole('link', { name: said }).waitFor()
    expect(await barriers(page)).toEqual([])

    await page.getByRole('button', { name: words.calls }).click()
    await expect.poll(() => page.getByRole('tabpanel').locator('ol').getByRole('link').allInnerTexts().then((rows) => rows.length > 0 && rows.every((row) => row.includes(words.kind)))).toBe(true)
    await page.getByRole('searchbox', { name: words.find }).fill('qqqq')
    await page.getByRole('tabpanel').getByText(words.none).waitFor()
    await page.getByRole('searchbox', { name: words.find }).fill(said)
    await page.getByRole('tabpanel').getByRole('link', { name: said }).waitFor()
    expect(opened.troubles).toEqual([])
  })

  test('P opens whom the chosen card is about, and K writes a call with them', async () => {
    await page.goto(`${product.url}/diary`)
    const card = page.locator('[data-event]').nth(5)
    await card.click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('KeyP')
    await page.getByRole('tabpanel').waitFor()
    const name = await page.getByRole('heading', { level: 1 }).innerText()
    await page.keyboard.press('KeyK')
    await page.getByRole('dialog', { name: words.call(name) }).waitFor()
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 390, height: 700 })
    expect(await sideways(page)).toBe(0)
    await page.setViewportSize({ width: 1280, height: 800 })
  })
})

test('who it is and what is dangerous stay in view, however far one reads', async () => {
  const { patient } = visits[2] ?? fail('the demo has nobody today')
  const alert = 'אלרגיה לפניצילין'
  const { patient: record } = await doctor<{ patient: { version: number } }>('GET', `/patients/${patient.id}`)
  await doctor('PATCH', `/patients/${patient.id}`, { version: record.version, alerts: alert })
  const { page, context } = await openAs(browser, product.url, 'doctor', { width: 390, height: 480 })
  await page.goto(`${product.url}/patients/${patient.id}`)
  await page.getByRole('tabpanel').waitFor()
  await page.getByRole('tabpanel').evaluate((element) => element.scrollIntoView({ block: 'end' }))
  for (const kept of [page.getByRole('heading', { level: 1 }), page.getByText(alert)])
    await expect.poll(() => kept.evaluate((element) => element.getBoundingClientRect().top >= 0 && element.getBoundingClientRect().bottom <= 480)).toBe(true)
  expect(await sideways(page)).toBe(0)
  await context.close()
})

test('no clinical word is in anything that is sent to the desk, through all parts of the record', async () => {
  const visit = visits[3] ?? fail('the demo has nobody today')
  const id = visit.patient.id
  const secrets = { alert: 'zzalertzz', note: 'zznotezz', amendment: 'zzamendzz', title: 'zztitlezz', finding: '"kind":"implant"' }
  const { patient } = await doctor<{ patient: { version: number } }>('GET', `/patients/${id}`)
  await doctor('PATCH', `/patients/${id}`, { version: patient.version, alerts: secrets.alert })
  const arrived = await doctor<{ version: number }>('POST', `/appointments/${visit.appointmentId}/arrival`, { version: visit.version })
  await doctor('POST', `/appointments/${visit.appointmentId}/start`, { version: arrived.version })
  const encounter = await doctor<Encounter>('POST', '/encounters', { id: randomUUID(), appointmentId: visit.appointmentId })
  const { seq } = await doctor<{ seq: number }>('PUT', `/encounters/${encounter.id}/draft`, { baseSeq: 0, body: secrets.note })
  await doctor('POST', `/encounters/${encounter.id}/signature`, { seq })
  await doctor('POST', `/encounters/${encounter.id}/amendments`, { id: randomUUID(), reason: secrets.amendment, body: secrets.amendment })
  await doctor('POST', `/patients/${id}/tooth-findings`, { id: randomUUID(), tooth: '36', kind: 'implant', state: 'existing' })
  await fileXRay(id, secrets.title)

  const walk = async (who: string): Promise<string> => {
    const { page, context } = await openAs(browser, product.url, who)
    const bodies: Promise<string>[] = []
    page.on('response', (response) => {
      if (/\/api\//.test(response.url()) && !/\/api\/(live|auth)/.test(response.url())) bodies.push(response.text().catch(() => ''))
    })
    await page.goto(`${product.url}/patients/${id}`)
    await page.getByRole('tabpanel').waitFor()
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click()
      await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true')
      await expect.poll(() => page.getByRole('tabpanel').locator('[aria-busy=true], .animate-pulse').count()).toBe(0)
    }
    const all = (await Promise.all(bodies)).join('\n')
    await context.close()
    return all
  }
  const [desk, clinical] = [await walk('desk'), await walk('doctor')]
  for (const [what, word] of Object.entries(secrets)) {
    expect(clinical, `the doctor reads the ${what}, else this test shows nothing`).toContain(word)
    expect(desk, `the desk is sent the ${what}`).not.toContain(word)
  }
  expect(desk).toContain(id)
})

test('the doctor goes through the day by arrows, opens by Enter, and sees the last call and the last notes at once', async () => {
  const { page, context, troubles } = await openAs(browser, product.url, 'doctor')
  const desk = await apiOf(product.url, 'desk')
  const visit = visits[0] ?? fail('the demo has nobody today')
  await desk('POST', '/contacts', { id: randomUUID(), branchId: visit.branchId, patientId: visit.patient.id, way: 'call_in', words: 'ביקשה לדבר על הגשר' })
  await page.goto(`${product.url}/room`)
  const links = page.getByRole('complementary').getByRole('listitem').getByRole('link')
  await links.first().focus()
  const at = await links.evaluateAll((all, wanted) => all.findIndex((link) => link.getAttribute('href')?.endsWith(wanted)), visit.appointmentId)
  for (let step = 0; step < at; step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/room/${visit.appointmentId}`)
  await page.getByText('ביקשה לדבר על הגשר').waitFor()
  await page.getByRole('heading', { name: 'ביקורים קודמים' }).waitFor()
  expect(await barriers(page)).toEqual([])
  expect(troubles).toEqual([])
  await context.close()
})

async function fileXRay(patientId: string, title: string): Promise<void> {
  const { accessToken } = (await (await fetch(`${product.url}/api/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'doctor@shaked.example', password: demoPassword }) })).json()) as { accessToken: string } // by the contract
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(samplePng(20, 20))], { type: 'image/png' }), `${title}.png`)
  const query = new URLSearchParams({ id: randomUUID(), patientId, kind: 'x_ray', takenOn: '2026-11-20' })
  const answer = await fetch(`${product.url}/api/attachments?${query}`, { method: 'POST', headers: { authorization: `Bearer ${accessToken}` }, body: form })
  if (answer.status !== 201) throw new Error(await answer.text())
}

function fail(why: string): never {
  throw new Error(why)
}
