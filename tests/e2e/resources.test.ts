// What a visit needs beside its doctor: told in the settings, looked for, named when it is taken, and booked over with a reason.
import { randomUUID } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import english from '../../apps/web/src/locales/en/resources.json' with { type: 'json' }
import hebrew from '../../apps/web/src/locales/he/resources.json' with { type: 'json' }
import englishSettings from '../../apps/web/src/locales/en/settings.json' with { type: 'json' }
import englishProblems from '../../apps/web/src/locales/en/problems.json' with { type: 'json' }
import hebrewProblems from '../../apps/web/src/locales/he/problems.json' with { type: 'json' }
import hebrewSettings from '../../apps/web/src/locales/he/settings.json' with { type: 'json' }
import { type Api, apiOf } from './api-of.ts'
import { card } from './desk.ts'
import { barriers, openPage, signIn, turnLanguage } from './page.ts'

interface Settings {
  branches: { id: string }[]
  resources: { id: string; kind: string; name: string; branchId: string | null; hours: { branchId: string; weekday: number }[]; practitioner: { profession: string } | null }[]
  visitTypes: { id: string; profession: string | null; active: boolean; needs: { kind: string; profession: string | null; resourceIds: string[] }[] }[]
}

let product: TestProduct
let browser: Browser

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

describe.each([
  // Each on a Monday of its own, so far ahead that the demo's clinic has booked nobody yet.
  { language: 'he', words: hebrew, problems: hebrewProblems, settings: hebrewSettings, date: '2027-02-08', save: 'שמירה' },
  { language: 'en', words: english, problems: englishProblems, settings: englishSettings, date: '2027-02-15', save: 'Save' },
] as const)('in $language', ({ language, words, problems, settings, date, save }) => {
  const [typeId, xrayId, assistantId] = [randomUUID(), randomUUID(), randomUUID()]
  const names = { type: `שתל ${language}`, xray: `רנטגן ${language}`, assistant: `סייעת ${language}` }
  const patients = ['אחת', 'שתיים', 'שלוש', 'ארבע', 'חמש'].map((familyName) => ({ id: randomUUID(), givenName: `מבחן${language}`, familyName }))
  let branchId: string
  let doctors: string[]
  let desk: Api

  const as = async (account: string): Promise<{ page: Page; troubles: string[] }> => {
    const opened = await openPage(browser, product.url)
    await signIn(opened.page, `${account}@shaked.example`)
    // The language is the person's own and stays from one window to the next.
    if (language === 'en' && (await opened.page.locator('html').getAttribute('lang')) === 'he') await turnLanguage(opened.page, 'he')
    return opened
  }
  const book = (index: number, startsAt: string, more: object): Promise<unknown> => desk('POST', '/appointments', { id: randomUUID(), branchId, patientId: patients[index]?.id, practitionerId: doctors[0], visitTypeId: typeId, startsAt: `${date}T${startsAt}:00Z`, durationMinutes: 30, ...more })
  const patient = (index: number): string => `${patients[index]?.givenName} ${patients[index]?.familyName}`

  beforeAll(async () => {
    const owner = await apiOf(product.url, 'owner')
    desk = await apiOf(product.url, 'desk')
    const { branches, resources } = (await owner('GET', '/settings')) as Settings
    branchId = branches[0]?.id ?? ''
    doctors = resources.filter(({ practitioner, hours }) => practitioner?.profession === 'doctor' && hours.some((one) => one.weekday === 1 && one.branchId === branchId)).map(({ id }) => id)
    const colour = '#0f766e'
    const practitioner = { staffId: null, profession: 'assistant', title: '', speciality: '', licenceNumber: '' }
    await owner('POST', '/resources', { id: assistantId, kind: 'practitioner', name: names.assistant, nameEn: '', branchId: null, colour, practitioner })
    await owner('PUT', `/resources/${assistantId}/working-hours`, { version: 1, hours: [{ branchId, weekday: 1, starts: '07:00', ends: '20:00', validFrom: null, validTo: null }] })
    await owner('POST', '/resources', { id: xrayId, kind: 'device', name: names.xray, nameEn: '', branchId, colour, practitioner: null })
    await owner('POST', '/visit-types', { id: typeId, name: names.type, nameEn: '', publicName: 'תור', publicNameEn: '', profession: 'doctor', durationMinutes: 30, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, placeKind: 'chair', priceItemId: null, colour, practitionerIds: [] })
    for (const { id, givenName, familyName } of patients) await desk('POST', '/patients', { id, givenName, familyName, phones: [] })
  })

  test('the owner says that a kind of visit needs an assistant and this x-ray', async () => {
    const { page } = await as('owner')
    await page.goto(`${product.url}/settings/visit-types`)
    await page.getByRole('button', { name: names.type }).click()
    const dialog = page.getByRole('dialog', { name: names.type })
    await dialog.getByRole('button', { name: words.needs.add }).click()
    await dialog.getByRole('button', { name: words.needs.add }).click()
    await dialog.getByRole('combobox', { name: words.needs.what }).last().click()
    await page.getByRole('option', { name: settings.resource.kind.device }).click()
    await dialog.getByRole('checkbox', { name: names.assistant }).check()
    await dialog.getByRole('checkbox', { name: names.xray }).check()
    expect(await barriers(page)).toEqual([])
    await dialog.getByRole('button', { name: save }).click()
    await dialog.waitFor({ state: 'hidden' })
    const { visitTypes } = (await desk('GET', '/settings')) as Settings
    expect(visitTypes.find(({ id }) => id === typeId)?.needs).toEqual([
      { kind: 'practitioner', profession: 'assistant', resourceIds: [assistantId] },
      { kind: 'device', profession: null, resourceIds: [xrayId] },
    ])
    await page.context().close()
  })

  test('a time at which one of them is taken is not offered, and a card dragged there is told what is in the way', async () => {
    await book(0, '08:00', {})
    await book(1, '10:00', { practitionerId: doctors[1] })
    const found = (await desk('POST', '/slot-searches', { branchId, visitTypeId: typeId, practitionerId: doctors[0], fromDate: date, days: 1, stepMinutes: 30 })) as { days: { slots: { startsAt: string; alsoIds: string[] }[] }[] }
    const offered = found.days[0]?.slots ?? []
    expect(offered.map(({ startsAt }) => startsAt.slice(11, 16))).not.toContain('10:00')
    expect(offered[0]?.alsoIds).toEqual([assistantId, xrayId])

    const { page } = await as('desk')
    await page.goto(`${product.url}/diary/${date}`)
    await card(page, patient(0)).first().waitFor()
    await dragDown(page, card(page, patient(0)).first(), card(page, patient(1)).first())
    const ghost = page.locator('.grid-ghost[data-clash]')
    await expect.poll(() => ghost.getAttribute('data-clash')).toContain(names.assistant)
    await page.mouse.up()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(names.assistant).first().waitFor()
    await dialog.getByText(words.overbook.who).waitFor()
    expect(await barriers(page)).toEqual([])
    const offers = dialog.getByRole('region', { name: words.clash.instead }).getByRole('button')
    await offers.first().click()
    await dialog.waitFor({ state: 'hidden' })
    await page.context().close()
  })

  test('the doctor books over a visit for a reason, the third of the day is refused, and the owner reads it', async () => {
    await book(2, '13:00', { visitTypeId: typeId, practitionerId: doctors[0] })
    const { page } = await as('doctor')
    await page.goto(`${product.url}/diary/${date}`)
    const over = async (index: number, reason: string): Promise<Locator> => {
      await book(index, index === 3 ? '07:00' : '06:30', { practitionerId: doctors[0], visitTypeId: await plainType() })
      await card(page, patient(index)).first().waitFor()
      await dragDown(page, card(page, patient(index)).first(), card(page, patient(2)).first())
      await page.mouse.up()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: words.overbook.reason }).fill(reason)
      await dialog.getByRole('button', { name: words.overbook.do }).click()
      return dialog
    }
    await (await over(3, 'כאב חזק')).waitFor({ state: 'hidden' })
    await expect.poll(() => card(page, patient(3)).first().innerHTML()).toContain('כאב חזק')
    const doctor = await apiOf(product.url, 'doctor')
    await doctor('POST', '/appointments', { id: randomUUID(), branchId, patientId: patients[1]?.id, practitionerId: doctors[0], visitTypeId: await plainType(), startsAt: `${date}T13:00:00Z`, durationMinutes: 30, overbook: { reason: 'נפיחות' } })
    const refused = await over(4, 'עוד אחד')
    await refused.getByText(problems.overbooking_limit_reached.replace('{limit}', '2')).waitFor()
    await page.context().close()

    const owner = await as('owner')
    await owner.page.goto(`${product.url}/settings/overbookings`)
    await owner.page.getByRole('heading', { name: words.report.part }).waitFor()
    await owner.page.getByRole('row').filter({ hasText: 'כאב חזק' }).first().waitFor()
    expect(await barriers(owner.page)).toEqual([])
    await owner.page.context().close()
    const report = (await (await apiOf(product.url, 'owner'))('GET', `/overbookings?from=${date}&to=${date}`)) as { items: { reason: string }[] }
    expect(report.items.map(({ reason }) => reason).sort()).toEqual(['כאב חזק', 'נפיחות'])
  })

  /** A kind of visit that needs a doctor and a chair and nothing else. */
  async function plainType(): Promise<string> {
    const { visitTypes } = (await desk('GET', '/settings')) as Settings
    return visitTypes.find(({ profession, needs, active }) => profession === 'doctor' && needs.length === 0 && active)?.id ?? ''
  }
})

/** Takes a card straight down or up to the height of another, and keeps holding it. */
async function dragDown(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded()
  const [start, target] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !target) throw new Error('a card is not on screen')
  const x = start.x + start.width / 2
  await page.mouse.move(x, start.y + 8)
  await page.mouse.down()
  await page.mouse.move(x, start.y + 20, { steps: 3 })
  await page.mouse.move(x, target.y + 8, { steps: 6 })
}
