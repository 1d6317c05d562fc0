// The signature of a file, held against a reader that shares no code with what writes it.
import { testCertificate } from '@yoman/testing/test-certificate'
import { describe, expect, it } from 'vitest'
import { drawInvoice } from '../invoices/draw.ts'
import { anInvoice, clinic } from '../invoices/invoice.fixture.ts'
import { invoiceDocument } from '../invoices/model.ts'
import { type IdentityRefused, readIdentity } from './identity.ts'
import { signerOf } from './signature.fixture.ts'

const year = 365 * 86_400_000
const issuedAtMs = anInvoice().issuedAtMs
const file = testCertificate('מרפאת השיניים כהן (בדיקה)', 'סוד-123', { fromMs: issuedAtMs - year, toMs: issuedAtMs + year })
const { identity, facts } = readIdentity(file, 'סוד-123')
const signed = (over: Parameters<typeof anInvoice>[0] = {}) => drawInvoice(invoiceDocument(anInvoice(over), clinic, { language: 'he', mark: 'original', signedBy: facts.subject }), identity)

describe('a certificate', () => {
  it('says whose it is and how long it holds', () => {
    expect(facts).toMatchObject({ subject: 'מרפאת השיניים כהן (בדיקה)', issuer: 'מרפאת השיניים כהן (בדיקה)', serial: '01a2' })
    expect(facts.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(facts.validTo.epochMilliseconds - facts.validFrom.epochMilliseconds).toBeCloseTo(2 * year, -4) // it counts seconds
  })

  it.each([
    ['with another password', file, 'סוד-124', 'wrong_password'],
    ['that is no such file', Buffer.from('-----BEGIN CERTIFICATE-----'), 'סוד-123', 'not_a_p12'],
    ['that is cut off', file.subarray(0, 900), 'סוד-123', 'not_a_p12'],
    ['that is empty', Buffer.alloc(0), '', 'not_a_p12'],
  ])('%s is refused with the reason', (_what, bytes, password, why) => {
    expect(() => readIdentity(bytes, password)).toThrow(expect.objectContaining({ name: 'Error', why }) as IdentityRefused)
  })
})

it('is taken out of a file with others, which would not fit into a document', async () => {
  const among = readIdentity(testCertificate('בין אחרים', 'סוד', { fromMs: issuedAtMs, toMs: issuedAtMs + year }, 3), 'סוד')
  expect(among.identity.certificates).toHaveLength(1)
  expect(signerOf(await drawInvoice(invoiceDocument(anInvoice(), clinic, { language: 'en', mark: 'copy' }), among.identity))).toBe('בין אחרים')
})

describe('a signed document', () => {
  it('is signed as a whole, by the certificate, as another reader than its writer finds', async () => {
    expect(signerOf(await signed())).toBe(facts.subject)
  })

  it('is the same bytes each time', async () => {
    expect((await signed()).equals(await signed())).toBe(true)
  })

  it('is broken by whoever changes a byte of it, or adds one', async () => {
    const pdf = await signed()
    const at = pdf.indexOf('/Title')
    const changed = Buffer.from(pdf)
    changed.writeUInt8(changed.readUInt8(at + 12) ^ 1, at + 12)
    expect(signerOf(changed)).toBeNull()
    expect(signerOf(Buffer.concat([pdf, Buffer.from('%')]))).toBeNull()
  })

  it('of several pages too, and without a certificate there is none', async () => {
    const [line] = anInvoice().lines
    const lines = Array.from({ length: 60 }, () => line).flatMap((one) => (one ? [one] : []))
    expect(signerOf(await signed({ lines }))).toBe(facts.subject)
    expect(signerOf(await drawInvoice(invoiceDocument(anInvoice(), clinic, { language: 'he', mark: 'original' })))).toBeNull()
  })
})
