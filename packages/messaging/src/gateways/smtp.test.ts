import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PostOffice } from '@yoman/runtime/post-office/start'
import { openPostOffice } from './post-office.fixture.ts'
import { messageIdOf, smtpGateway, type Mail, type MailGateway } from './smtp.ts'

let office: PostOffice
let close: () => Promise<void>
const gateways: MailGateway[] = []
beforeAll(async () => ({ office, close } = await openPostOffice()))
afterEach(async () => {
  for (const gateway of gateways.splice(0)) gateway.close()
  await office.faults.clear()
})
afterAll(() => close())

const from = 'post@yoman.example'
function gateway(url = office.smtpUrl): MailGateway {
  const opened = smtpGateway({ url, from, timeoutMs: 2_000 })
  gateways.push(opened)
  return opened
}
const pdf = Buffer.from('%PDF-1.7 a little one')
const mail = (over: Partial<Mail> = {}): Mail => ({
  to: { name: 'דנה לוי', address: 'dana@example.com' }, fromName: 'מרפאת כהן', language: 'he',
  subject: 'חשבונית מס / קבלה 1024', body: 'שלום דנה,\nמצורפת חשבונית <b>על סך</b> ₪350.00.', messageId: messageIdOf('0197-1', from),
  attachments: [{ fileName: 'invoice-320-1024.pdf', contentType: 'application/pdf', content: pdf }], ...over,
})
const last = () => {
  const found = office.ledger.mails().at(-1)
  if (!found) throw new Error('no mail arrived')
  return { ...found, raw: office.ledger.rawMail(found.id).toString('latin1') }
}
const closedPort = (): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(`smtp://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`))
    })
  })

/** A server that says yes to everything but one command, or what follows DATA. */
function refusingServer(refused: string, answer: string): Promise<{ url: string; close: () => void }> {
  const reply = answer.includes('-5.') ? `${answer}\r\n${answer.replace('-5.', ' 5.')}` : answer
  const server = createServer((socket) => {
    let inData = false
    socket.write('220 hello\r\n')
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').split('\r\n')) {
        if (inData && line !== '.') continue
        if (line === '') continue
        const ended = inData
        inData = line === 'DATA'
        const isRefused = ended ? refused === 'DATA' : refused !== 'DATA' && line.startsWith(refused)
        socket.write(isRefused ? `${reply}\r\n` : inData ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 yes\r\n')
      }
    })
    socket.on('error', () => socket.destroy())
  })
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ url: `smtp://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`, close: () => server.close() })
    }),
  )
}

describe('sending an e-mail', () => {
  it('carries the words, the page and the PDF under our own id', async () => {
    expect(await gateway().send(mail())).toEqual({ kind: 'accepted', providerId: '<0197-1@yoman.example>' })
    expect(last()).toMatchObject({
      from, to: ['dana@example.com'], subject: 'חשבונית מס / קבלה 1024', messageId: '<0197-1@yoman.example>',
      attachments: [{ name: 'invoice-320-1024.pdf', type: 'application/pdf', bytes: pdf.length }],
    })
    expect(last().raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(last().raw).toMatch(/^Content-Type: text\/plain/m)
    expect(last().raw).toMatch(/^Content-Type: text\/html/m)
  })

  it('reaches one person, whatever stands in names and subjects', async () => {
    const hostile = 'Dana\r\nBcc: thief@example.com, other@example.com <x@y.example>'
    expect(await gateway().send(mail({ to: { name: hostile, address: 'dana@example.com' }, fromName: hostile, subject: hostile }))).toMatchObject({ kind: 'accepted' })
    expect(last().to).toEqual(['dana@example.com'])
    expect(last().raw).not.toMatch(/^Bcc:/im)
  })

  it.each(['dana@example.com, thief@example.com', 'dana@example.com\r\nBcc: thief@example.com', 'Dana <dana@example.com>', '', 'dana'])('never leaves for %j', async (address) => {
    const before = office.ledger.mails().length
    expect(await gateway().send(mail({ to: { name: 'Dana', address } }))).toEqual({ kind: 'rejected', code: 'address', permanent: true, fault: 'address', optedOut: false })
    expect(office.ledger.mails()).toHaveLength(before)
  })

  it('is signed for its domain where a key is set', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
    const signing = smtpGateway({ url: office.smtpUrl, from, timeoutMs: 2_000, dkim: { domainName: 'yoman.example', keySelector: 'mail', privateKey } })
    gateways.push(signing)
    await signing.send(mail())
    const signature = /^DKIM-Signature:((?:.|\r\n[ \t])+)/m.exec(last().raw)?.[1]?.replace(/\s+/g, '') ?? ''
    for (const part of ['v=1', 'a=rsa-sha256', 'd=yoman.example', 's=mail']) expect(signature.split(';')).toContain(part)
    expect(/;h=([^;]+)/.exec(signature)?.[1]?.toLowerCase().split(':')).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'message-id']))
    await gateway().send(mail())
    expect(last().raw).not.toContain('DKIM-Signature')
  })

  it('waits longer each time the server says "not now"', async () => {
    await office.faults.set({ mail: { refuseForNow: 2 } })
    expect(await gateway().send(mail())).toEqual({ kind: 'retry_later', afterSeconds: 300, code: '451' })
    expect(await gateway().send(mail({ triesBefore: 9 }))).toEqual({ kind: 'retry_later', afterSeconds: 14_400, code: '451' })
  })

  it('gives up an address that the server refuses', async () => {
    await office.faults.set({ mail: { refuseForGood: 1 } })
    expect(await gateway().send(mail())).toEqual({ kind: 'rejected', code: '550', permanent: true, fault: 'address', optedOut: false })
  })

  it.each<[string, string, object]>([
    ['RCPT', '550-5.1.1 The email account that you tried to reach does not exist', { code: '550', fault: 'address' }],
    ['RCPT', '550 No such user here', { code: '550', fault: 'address' }],
    ['RCPT', '550 5.2.1 The account is disabled', { code: '550', fault: 'address' }],
    ['DATA', '550 5.7.26 This mail is unauthenticated: SPF did not pass', { code: 'mail_policy', fault: 'settings' }],
    ['RCPT', '550 5.7.1 Relaying denied', { code: 'mail_policy', fault: 'settings' }],
    ['RCPT', '550 Relay access denied', { code: 'mail_policy', fault: 'settings' }],
    ['MAIL', '550 5.1.8 Sender address rejected', { code: 'mail_policy', fault: 'settings' }],
    ['MAIL', '553 Sender rejected', { code: 'mail_policy', fault: 'settings' }],
    ['DATA', '550 Looks like spam', { code: '550', fault: 'content' }],
    ['RCPT', '552 5.2.2 Mailbox full', { code: '552', fault: 'content' }],
  ])('knows whose matter a refusal at %s is: %s', async (command, answer, outcome) => {
    const { url, close: shut } = await refusingServer(command, answer)
    expect(await gateway(url).send(mail())).toMatchObject({ kind: 'rejected', ...outcome })
    shut()
  })

  it('waits when nobody listens, since nothing was sent', async () => {
    expect(await gateway(await closedPort()).send(mail())).toMatchObject({ kind: 'retry_later', afterSeconds: 60 })
  })

  it.each([['cutBeforeAccept', 0], ['cutAfterAccept', 1]])('says that it does not know after %s, and does not try again by itself', async (fault, kept) => {
    const before = office.ledger.mails().length
    await office.faults.set({ mail: { [fault]: 1 } })
    expect(await gateway().send(mail())).toMatchObject({ kind: 'unknown' })
    expect(office.ledger.mails()).toHaveLength(before + kept)
  })

  it('refuses to speak in the clear with another machine', async () => {
    // The same server, which offers no TLS, by an address that does not say it is this machine.
    const url = office.smtpUrl.replace('127.0.0.1', '0.0.0.0')
    const before = office.ledger.mails().length
    expect(await gateway(url).send(mail())).toEqual({ kind: 'retry_later', afterSeconds: 900, code: 'ETLS' })
    expect(office.ledger.mails()).toHaveLength(before)
  })
})
