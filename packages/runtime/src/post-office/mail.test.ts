import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, test } from 'vitest'
import { folder, openOffice } from './desk.fixture.ts'
import type { PostOffice } from './start.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const pdf = Buffer.from('%PDF-1.7 a little one')
const invoice = {
  from: 'מרפאת השן <clinic@example.com>',
  to: 'דנה לוי <dana@example.com>',
  subject: 'החשבונית שלך (מספר 1042)',
  text: 'שלום דנה,\nהחשבונית מצורפת.',
  html: '<p dir="rtl">שלום <b>דנה</b></p>',
  messageId: '<invoice-1042@example.com>',
  attachments: [
    { filename: 'חשבונית 1042.pdf', content: pdf, contentType: 'application/pdf' },
    { filename: 'page.html', content: '<script>alert(1)</script>', contentType: 'text/html' },
  ],
}

function mailer(office: PostOffice) {
  const transport = createTransport({ url: office.smtpUrl, socketTimeout: 3_000, connectionTimeout: 3_000 })
  cleanUps.push(() => transport.close())
  return transport
}

const get = (office: PostOffice, path: string) => fetch(`${office.httpUrl}${path}`)

describe("through Nodemailer's own client", () => {
  test('takes a mail and gives back what was in it', async () => {
    const office = await openOffice(cleanUps)
    await mailer(office).sendMail(invoice)
    const [mail] = office.ledger.mails()
    expect(mail).toMatchObject({ from: 'clinic@example.com', to: ['dana@example.com'], subject: invoice.subject, messageId: invoice.messageId, attachments: [{ name: 'חשבונית 1042.pdf', type: 'application/pdf', bytes: pdf.length }, { name: 'page.html' }] })
    const shown = await (await get(office, `/api/mails/${mail?.id}`)).json()
    expect(shown).toMatchObject({ text: expect.stringContaining('החשבונית מצורפת.'), hasHtml: true, headers: { from: 'מרפאת השן <clinic@example.com>', to: 'דנה לוי <dana@example.com>' } })
  })

  test('shows a PDF in the browser, and offers only for saving what could run there', async () => {
    const office = await openOffice(cleanUps)
    await mailer(office).sendMail(invoice)
    const path = `/dev/post/api/mails/${office.ledger.mails()[0]?.id}`
    const first = await get(office, `${path}/attachments/0`)
    expect(Buffer.from(await first.arrayBuffer())).toEqual(pdf)
    expect(first.headers.get('content-type')).toBe('application/pdf')
    expect(first.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encodeURIComponent('חשבונית 1042.pdf')}`)
    const second = await get(office, `${path}/attachments/1`)
    expect(second.headers.get('content-type')).toBe('application/octet-stream')
    expect(second.headers.get('content-disposition')).toMatch(/^attachment/)
    const html = await get(office, `${path}/html`)
    expect(html.headers.get('content-security-policy')).toContain('sandbox')
    expect((await get(office, `${path}/attachments/7`)).status).toBe(404)
    expect((await get(office, '/api/mails/00000000-0000-0000-0000-000000000000')).status).toBe(404)
  })

  test('takes any name and password, as its users may send them', async () => {
    const office = await openOffice(cleanUps)
    const transport = createTransport(office.smtpUrl.replace('smtp://', 'smtp://user:p%40ss@'))
    await transport.sendMail(invoice)
    transport.close()
    expect(office.ledger.mails()).toHaveLength(1)
  })
})

describe('misbehaves when told to:', () => {
  test.each([
    ['refuseForNow', { responseCode: 451 }, 0],
    ['refuseForGood', { responseCode: 550 }, 0],
    ['cutBeforeAccept', { code: expect.stringMatching(/ECONNECTION|ESOCKET|ECONNRESET/) }, 0],
    ['cutAfterAccept', { code: expect.stringMatching(/ECONNECTION|ESOCKET|ECONNRESET/) }, 1],
  ])('%s, once, then is well again', async (fault, failure, kept) => {
    const office = await openOffice(cleanUps)
    await office.faults.set({ mail: { [fault]: 1 } })
    await expect(mailer(office).sendMail(invoice)).rejects.toMatchObject(failure)
    expect(office.ledger.mails()).toHaveLength(kept)
    await mailer(office).sendMail(invoice)
    expect(office.ledger.mails()).toHaveLength(kept + 1)
  })

  test('is down, and up again at the same address', async () => {
    const office = await openOffice(cleanUps)
    await office.faults.set({ mail: { down: true } })
    await expect(mailer(office).sendMail(invoice)).rejects.toMatchObject({ code: 'ESOCKET' })
    await office.faults.set({ mail: { down: false } })
    await mailer(office).sendMail(invoice)
    expect(office.ledger.mails()).toHaveLength(1)
  })

  test('refuses an address nobody reads', async () => {
    const office = await openOffice(cleanUps)
    await expect(mailer(office).sendMail({ ...invoice, to: 'nobody@example.com' })).rejects.toMatchObject({ responseCode: 550 })
    expect(office.ledger.entries()).toMatchObject([{ kind: 'mail_refused', code: 550 }])
  })
})

test('keeps mails over a restart, byte for byte', async () => {
  const dataDir = folder(cleanUps)
  const first = await openOffice(cleanUps, { dataDir })
  await mailer(first).sendMail(invoice)
  const id = first.ledger.mails()[0]?.id ?? ''
  const raw = first.ledger.rawMail(id)
  await first.stop()
  const second = await openOffice(cleanUps, { dataDir })
  expect(second.ledger.mails()).toEqual(first.ledger.mails())
  expect(second.ledger.rawMail(id)).toEqual(raw)
})
