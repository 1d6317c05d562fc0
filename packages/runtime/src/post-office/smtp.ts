import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { Faults } from './faults.ts'
import type { Ledger } from './ledger.ts'

type Mailroom = { ledger: Ledger; faults: Faults; log: (line: string) => void }
type Answer = (error?: Error | null) => void

const LIMIT_BYTES = 30_000_000

/** Takes mail as a provider's server would. Any name and password are right. */
export class SmtpOffice {
  readonly #room: Mailroom
  #server: SMTPServer | undefined
  #port = 0
  #stopped = false

  constructor(room: Mailroom) {
    this.#room = room
  }

  /** @returns the port; 0 asks the system for one, which is kept when the server goes down and up again */
  async listen(port: number): Promise<number> {
    const server = makeServer(this.#room)
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    server.on('error', (error) => this.#room.log(`smtp: ${error.message}`)) // a connection that broke, as clients' do
    const address = server.server.address()
    this.#port = address && typeof address === 'object' ? address.port : port
    return this.#port
  }

  /** Goes down or comes up as the faults say. */
  async follow(): Promise<void> {
    if (this.#stopped) return
    if (this.#room.faults.settings.mail.down) await this.#close()
    else if (!this.#server) await this.listen(this.#port)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#close()
  }

  async #close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server) await new Promise<void>((resolve) => server.close(resolve))
  }
}

function makeServer({ ledger, faults }: Mailroom): SMTPServer {
  const cut = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy()
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LIMIT_BYTES,
    closeTimeout: 500,
    banner: 'Yoman post office: nothing leaves this machine',
    onAuth: ({ username }, _session, answer) => answer(null, { user: username ?? 'someone' }),
    onRcptTo(address, session, answer) {
      // An address of a kind nobody reads, so that a refusal can be seen without settings.
      if (!faults.strikes('mail', 'refuseForGood') && !address.address.startsWith('nobody@')) return answer()
      ledger.add({ kind: 'mail_refused', from: senderOf(session), to: [address.address], code: 550 })
      answer(smtpError(550, '5.1.1 No such mailbox'))
    },
    onData(stream, session, answer) {
      take({ ledger, faults, cut }, stream, session, answer).catch((error: Error) => answer(error))
    },
  })
  // The library does not hand out a session's socket, which is what a cut needs.
  const sockets = new Map<number | undefined, Socket>()
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort
    sockets.set(port, socket)
    socket.on('close', () => sockets.delete(port))
  })
  return server
}

type Desk = { ledger: Ledger; faults: Faults; cut: (session: SMTPServerSession) => void }

async function take({ ledger, faults, cut }: Desk, stream: SMTPServerDataStream, session: SMTPServerSession, answer: Answer): Promise<void> {
  const raw = await read(stream)
  const from = senderOf(session)
  const to = session.envelope.rcptTo.map(({ address }) => address)
  if (faults.settings.mail.delayMs > 0) await sleep(faults.settings.mail.delayMs)
  if (stream.sizeExceeded) return answer(smtpError(552, '5.3.4 Message too big'))
  if (faults.strikes('mail', 'refuseForNow')) {
    ledger.add({ kind: 'mail_refused', from, to, code: 451 })
    return answer(smtpError(451, '4.3.2 Try again later'))
  }
  if (faults.strikes('mail', 'cutBeforeAccept')) return cut(session)
  const { subject, messageId, attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })
  ledger.addMail(
    {
      id: randomUUID(),
      from,
      to,
      subject: subject ?? '',
      messageId: messageId ?? '',
      attachments: attachments.map(({ filename, mimeType, content }) => ({ name: filename ?? '', type: mimeType, bytes: content instanceof ArrayBuffer ? content.byteLength : content.length })),
    },
    raw,
  )
  if (faults.strikes('mail', 'cutAfterAccept')) return cut(session)
  answer()
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const senderOf = ({ envelope }: SMTPServerSession): string => (envelope.mailFrom ? envelope.mailFrom.address : '')

function smtpError(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code })
}
