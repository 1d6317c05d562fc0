// Documents and pictures, as a doctor and a receptionist use them, in both languages.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { samplePdf, samplePng } from '@yoman/testing/sample-files'
import english from '../../apps/web/src/locales/en/attachments.json' with { type: 'json' }
import englishProblems from '../../apps/web/src/locales/en/problems.json' with { type: 'json' }
import hebrew from '../../apps/web/src/locales/he/attachments.json' with { type: 'json' }
import hebrewProblems from '../../apps/web/src/locales/he/problems.json' with { type: 'json' }
import { choose } from './desk.ts'
import { barriers, openAs, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z', ATTACHMENT_MAX_MB: '1' })
  browser = await testBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

type Words = typeof hebrew

/** The patient's documents, by the way that goes through the search. */
async function openDocuments(page: Page, words: Words, patient: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(patient)
  await page.getByRole('option', { name: patient }).first().click()
  await page.getByRole('tab', { name: words.title }).click()
  await page.getByRole('button', { name: words.choose }).waitFor()
}

const give = (page: Page, words: Words, files: { name: string; mimeType: string; buffer: Buffer }[]) => page.getByLabel(words.choose, { exact: true }).and(page.locator('input')).setInputFiles(files)
const png = (name: string, side: number) => ({ name, mimeType: 'image/png', buffer: samplePng(side, side) })
const tile = (page: Page, words: Words, title: string) => page.getByRole('list', { name: words.title }).getByRole('listitem').filter({ hasText: title })
const fill = (text: string, values: Record<string, string | number>) => Object.entries(values).reduce((all, [name, value]) => all.replace(`{${name}}`, String(value)), text)

describe.each([
  { language: 'he' as const, words: hebrew, problems: hebrewProblems, back: 'ArrowRight', patient: 'נועם חן', save: 'שמירה' },
  { language: 'en' as const, words: english as Words, problems: englishProblems, back: 'ArrowLeft', patient: 'Noam Hen', save: 'Save' },
])('in $language', ({ language, words, problems, back, patient, save }) => {
  test('the doctor files, opens, compares, corrects and withdraws; the desk files and does not see', async () => {
    const { page, context, troubles } = await openAs(browser, product.url, 'doctor')
    if (language === 'en') await turnLanguage(page, 'he')
    await openDocuments(page, words, patient)

    // Several at once; one is no picture, whatever it is called, and one is too large: both are kept and told.
    await give(page, words, [png(`alpha ${language}.png`, 60)])
    await tile(page, words, `alpha ${language}`).waitFor()
    await give(page, words, [
      { name: `beta ${language}.pdf`, mimeType: 'application/pdf', buffer: samplePdf(['Letter of the test'], 2) },
      { name: 'evil.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html><script>alert(1)</script>') },
      { name: 'large.png', mimeType: 'image/png', buffer: Buffer.concat([samplePng(9, 9), Buffer.alloc(1_100_000)]) },
    ])
    await tile(page, words, `beta ${language}`).waitFor()
    const uploads = page.getByRole('list', { name: words.uploads })
    await uploads.getByText(problems.attachment_type_unknown).waitFor()
    await uploads.getByText(fill(words.tooLarge, { megabytes: 1 })).waitFor()
    for (const name of ['evil.jpg', 'large.png']) await page.getByRole('button', { name: fill(words.discard, { name }) }).click()
    await expect.poll(() => uploads.count()).toBe(0)
    // The small picture arrives by itself, once the worker has drawn it.
    await tile(page, words, `alpha ${language}`).locator('img').waitFor()

    // One press opens; the keys of a Hebrew keyboard are the same keys.
    await tile(page, words, `alpha ${language}`).getByRole('button').first().click()
    const viewer = page.getByRole('dialog')
    const picture = viewer.getByRole('img', { name: new RegExp(`alpha ${language}`) })
    await picture.waitFor()
    const shape = () => picture.evaluate((image: { style: { transform: string; filter: string } }) => `${image.style.transform} ${image.style.filter}`)
    await page.keyboard.press('Equal')
    await expect.poll(shape).toContain('scale(1.25)')
    await page.keyboard.press('KeyR')
    await expect.poll(shape).toContain('rotate(90deg)')
    await page.keyboard.press('KeyI')
    await expect.poll(shape).toContain('invert(1)')
    await page.keyboard.press('Digit0')
    await expect.poll(shape).toContain('scale(1)')
    await picture.hover()
    await page.mouse.wheel(0, -400)
    await expect.poll(shape).not.toContain('scale(1)')

    // Compare: the second side is the next document; the arrows move the side that was touched last.
    await page.keyboard.press('KeyC')
    await expect.poll(() => viewer.getByRole('figure').count()).toBe(2)
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('KeyC')
    await expect.poll(() => viewer.getByRole('figure').count()).toBe(1)
    const place = viewer.locator('header p bdi')
    const before = await place.innerText()
    await page.keyboard.press(back) // the newest comes first, and that is the other one
    await expect.poll(() => place.innerText()).not.toBe(before)
    await page.keyboard.press('Escape')
    await expect.poll(() => viewer.count()).toBe(0)

    // A PDF is drawn on our own page, and its words are there for whoever hears them.
    await tile(page, words, `beta ${language}`).getByRole('button').first().click()
    await viewer.getByRole('img', { name: fill(words.page, { page: 1, pages: 2 }) }).waitFor()
    await expect.poll(() => viewer.getByText('Letter of the test').count()).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await expect.poll(() => viewer.count()).toBe(0)

    // Corrected, then withdrawn with a reason, and taken back.
    await tile(page, words, `alpha ${language}`).getByRole('button', { name: new RegExp(words.more.replace('{name}', '')) }).click()
    await page.getByRole('menuitem', { name: words.edit }).click()
    const edit = page.getByRole('dialog', { name: words.edit })
    await edit.getByLabel(words.name).fill(`gamma ${language}`)
    await edit.getByLabel(words.teeth).fill('36 19')
    await edit.getByRole('button', { name: save }).click()
    await edit.getByText(words.teethWrong).waitFor()
    await edit.getByLabel(words.teeth).fill('36 37')
    await choose(edit, words.kindLabel, words.kind.photo)
    await edit.getByRole('button', { name: save }).click()
    await tile(page, words, `gamma ${language}`).filter({ hasText: '36 37' }).filter({ hasText: words.kind.photo }).waitFor()
    await tile(page, words, `gamma ${language}`).getByRole('button', { name: new RegExp(words.more.replace('{name}', '')) }).click()
    await page.getByRole('menuitem', { name: words.withdraw }).click()
    const ask = page.getByRole('dialog', { name: words.withdrawTitle })
    await ask.getByLabel(words.reason).fill('x')
    await ask.getByRole('button', { name: words.withdraw }).click()
    await expect.poll(() => tile(page, words, `gamma ${language}`).count()).toBe(0)
    await page.getByText(words.withdrawn, { exact: true }).waitFor() // live news takes the tile away before the answer offers the way back
    await page.keyboard.press('Control+z')
    await tile(page, words, `gamma ${language}`).waitFor()
    expect(await barriers(page)).toEqual([])
    expect(await sideways(page)).toBe(0)

    // The one refusal above is what was asked for; nothing else went wrong.
    expect(troubles.filter((trouble) => !trouble.startsWith('415 POST'))).toEqual([])
    if (language === 'en') await turnLanguage(page, 'en')
    await context.close()
  }, 120_000)

  test('the desk, on a narrow window, files what it may not open', async () => {
    const { page, context } = await openAs(browser, product.url, 'desk', { width: 390, height: 844 })
    if (language === 'en') await turnLanguage(page, 'he')
    await openDocuments(page, words, patient)
    const answers: string[] = []
    page.on('response', (response) => {
      if (response.url().includes('/attachments')) void response.text().then((text) => answers.push(text), () => {})
    })
    const list = page.getByRole('list', { name: words.title })
    await tile(page, words, words.closed).first().waitFor() // what the doctor has filed
    const closedBefore = await list.getByText(words.closed).count()
    await give(page, words, [png(`secret of ${language}.png`, 70)])
    await expect.poll(() => list.getByText(words.closed).count()).toBe(closedBefore + 1)
    await choose(page, words.kindLabel, words.kind.administrative)
    await give(page, words, [{ name: `open to ${language}.pdf`, mimeType: 'application/pdf', buffer: samplePdf(['Commitment']) }])
    await tile(page, words, `open to ${language}`).getByRole('button').first().click()
    await page.getByRole('dialog').getByText('Commitment').waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    expect(answers.join('')).not.toContain('secret of')
    expect(await sideways(page)).toBe(0)
    expect(await barriers(page)).toEqual([])
    if (language === 'en') await turnLanguage(page, 'en')
    await context.close()
  }, 120_000)
})

test('a file that could not be sent is kept and offered again', async () => {
  const { page, context } = await openAs(browser, product.url, 'hygienist')
  await openDocuments(page, hebrew, 'אריאל לוי')
  await page.route('**/api/attachments?*', (route) => route.abort())
  await give(page, hebrew, [png('delta.png', 44)])
  await page.getByText(fill(hebrew.failed, { name: 'delta.png' })).first().waitFor()
  await page.unroute('**/api/attachments?*')
  await page.getByRole('button', { name: hebrew.again }).click()
  await tile(page, hebrew, 'delta').waitFor()
  await expect.poll(() => page.getByRole('list', { name: hebrew.uploads }).count()).toBe(0)
  await context.close()
}, 60_000)
