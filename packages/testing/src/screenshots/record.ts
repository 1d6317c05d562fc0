import type { Page } from 'playwright-core'
import { press } from './dialogs.ts'
import type { Screen } from './screens.ts'

// The record of a patient, part by part, and what opens over it. Words are given in both languages.

/** The parts of the first patient of the doctor's day, and everything that opens over them without writing a word. */
export const recordScreens: readonly Screen[] = [
  ...['timeline', 'notes', 'teeth', 'plans', 'letters', 'attachments', 'forms', 'contacts', 'family', 'details'].map((part): Screen => inRecord(`record-${part}`, part)),
  inRecord('call', 'contacts', async (page) => {
    await page.keyboard.press('k')
    await page.getByRole('dialog').getByRole('textbox').first().waitFor()
  }),
  inRecord('give-form', 'forms', press(/^(טופס למטופל\/ת|Give a form)$/)),
  inRecord('new-letter', 'letters', openLetter),
  inRecord('merge-proposal', 'details', press(/^(איחוד עם תיק אחר|Merge with another record)$/)),
]

function inRecord(name: string, part: string, open?: (page: Page) => Promise<void>): Screen {
  return {
    who: 'doctor', name, path: '/room', ready: 'ol li a',
    async open(page) {
      await page.locator('ol li a').first().click()
      const record = page.getByRole('link', { name: /^(לתיק המלא|Whole record)/ })
      await page.goto(new URL(`${await record.getAttribute('href')}?part=${part}`, page.url()).href)
      await page.locator('[role=tabpanel] *').first().waitFor()
      await page.locator('main .animate-pulse').first().waitFor({ state: 'detached' })
      await open?.(page)
    },
  }
}

async function openLetter(page: Page): Promise<void> {
  await page.getByRole('group', { name: /^(מסמך חדש|New document)$/ }).getByRole('button').first().click()
  await page.getByRole('dialog').getByRole('textbox').first().waitFor()
}
