import { describe, expect, it } from 'vitest'
import { isDeadMailbox, readBounce } from './dsn.ts'

const report = (over: { action?: string; status?: string; about?: string } = {}): string =>
  [
    'From: MAILER-DAEMON@mx.example', 'To: reminders@yoman.example', 'Subject: Undelivered Mail Returned to Sender', 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;', '\tboundary="B1/mx.example"', '', 'This is a MIME-encapsulated message.', '',
    '--B1/mx.example', 'Content-Type: text/plain; charset=us-ascii', '', 'I am sorry. <x@y.example> said 550.', '',
    '--B1/mx.example', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '', 'Final-Recipient: rfc822;', ' dana@patients.example', `Action: ${over.action ?? 'failed'}`, `Status: ${over.status ?? '5.1.1'}`, 'Diagnostic-Code: smtp; 550 5.7.1 no such user', '',
    over.about ?? '--B1/mx.example\r\nContent-Type: message/rfc822\r\n\r\nFrom: Clinic <reminders@yoman.example>\r\nMessage-ID:\r\n <0197-1@yoman.example>\r\nSubject: =?UTF-8?B?15TXqteV16g=?=\r\n\r\nHello', '',
    '--B1/mx.example--', '',
  ].join('\r\n')

describe('a returned mail', () => {
  it('says which of ours it is about, what became of it and to whom', () => {
    expect(readBounce(report())).toEqual({ messageId: '<0197-1@yoman.example>', action: 'failed', status: '5.1.1', recipient: 'dana@patients.example' })
    expect(readBounce(report({ action: 'Delayed', status: '4.4.1' }))).toMatchObject({ action: 'delayed', status: '4.4.1' })
  })

  it('may hold the headers alone', () => {
    const about = '--B1/mx.example\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-Id: <0197-2@yoman.example>\r\nTo: dana@patients.example'
    expect(readBounce(report({ about }))).toMatchObject({ messageId: '<0197-2@yoman.example>' })
  })

  it.each([
    ['an answer of a person', 'From: dana@patients.example\r\nContent-Type: text/plain\r\nIn-Reply-To: <0197-1@yoman.example>\r\n\r\nThank you'],
    ['a report that names no mail', report({ about: '' })],
    ['a report without a status', report({ status: 'unknown' })],
    ['a word that is no action', report({ action: 'maybe' })],
    ['nothing', ''],
    ['a boundary that is missing', 'Content-Type: multipart/report\r\n\r\nStatus: 5.1.1'],
  ])('is not seen in %s', (_, raw) => {
    expect(readBounce(raw)).toBeNull()
  })

  it('tells a mailbox that is gone from one that is full and from a server that would not', () => {
    expect(['5.1.1', '5.1.10', '5.2.1'].map(isDeadMailbox)).toEqual([true, true, true])
    expect(['4.1.1', '5.2.2', '5.7.1', '5.4.4', '5.1.12'].map(isDeadMailbox)).toEqual([false, false, false, false, false])
  })
})
