import { v7 as uuid } from 'uuid'
import { signerOf } from '@yoman/documents/signature/signature.fixture'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'
import { testCertificate } from '@yoman/testing/test-certificate'
import { describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const [owner, desk] = [await api.as(hadar.staff.owner), await api.as(hadar.staff.receptionist)]
const day = 86_400_000
const now = castNow.epochMilliseconds
const file = (name: string, fromMs = now - day, toMs = now + 300 * day) => testCertificate(name, 'סיסמה', { fromMs, toMs }).toString('base64')
const put = (content: string, version: number, password = 'סיסמה') => owner('PUT /signing-certificate', { body: { file: content, password, version } })

/** A document that was issued at that time. */
async function issued(at: string): Promise<string> {
  const id = uuid()
  await api.database.ownerPool.query(
    `insert into invoice (clinic_id, id, kind, number, branch_id, patient_id, language, issued_at, issued_on, vat_basis_points, net_agorot, vat_agorot, total_agorot, business, payer)
     values ($1, $2, '300', (extract(epoch from $3::timestamptz) / 60)::int, $4, $5, 'he', $3::timestamptz, $3::timestamptz::date, 1800, 100, 18, 118, '{"name": "הדר", "legalName": "הדר", "vatNumber": "514777715", "address": ""}', '{"name": "שרה", "address": ""}')`,
    [hadar.id, id, at, hadar.branches.center, hadar.patients.sara])
  return id
}
const pdfOf = async (id: string): Promise<Buffer> => (await desk('GET /invoices/:id/pdf', { params: { id } })).raw.rawPayload

describe('the certificate of a clinic', () => {
  it('is none at first, and is set with what it says of itself; the key never comes out', async () => {
    expect((await owner('GET /signing-certificate')).body).toEqual({ certificate: null })
    const set = await put(file('מרפאת הדר'), 0)
    expect(set.body.certificate).toMatchObject({ subject: 'מרפאת הדר', issuer: 'מרפאת הדר', version: 1, setBy: { name: expect.any(String) as string }, setAt: expect.any(String) as string })
    expect((await owner('GET /signing-certificate')).body).toEqual(set.body)
    const { rows } = await api.database.ownerPool.query<{ text: string }>(`select (select string_agg(e::text, '') from event e) || (select string_agg(encode(c.identity_sealed, 'escape'), '') from signing_certificate c) as text`)
    expect(rows[0]?.text).not.toMatch(/PRIVATE KEY|BEGIN|סיסמה/)
    expect((await api.database.db.selectFrom('event').select('details').where('name', '=', 'clinic.changed').orderBy('seq', 'desc').executeTakeFirstOrThrow()).details).toMatchObject({ fields: ['signingCertificate'], to: 'מרפאת הדר' })
  })

  it('is replaced over the version that was seen, and refused with what is wrong', async () => {
    expect((await put(file('אחרת'), 0)).problem.code).toBe('stale_version')
    expect((await put(file('אחרת'), 1)).body.certificate).toMatchObject({ subject: 'אחרת', version: 2 })
    expect((await put(file('אחרת'), 2, 'לא זו')).problem.code).toBe('certificate_password_wrong')
    expect((await put(Buffer.from('no certificate').toString('base64'), 2)).problem.code).toBe('certificate_unreadable')
    expect((await put(file('ישנה', now - 9 * day, now - day), 2)).problem.code).toBe('certificate_expired')
    expect((await put(file('עתידית', now + day, now + 9 * day), 2)).problem.code).toBe('certificate_not_yet_valid')
    expect((await put('לא base64', 2)).problem.code).toBe('malformed')
    expect((await owner('GET /signing-certificate')).body.certificate).toMatchObject({ subject: 'אחרת', version: 2 })
  })

  it('is set by nobody but who may change settings', async () => {
    expect((await desk('PUT /signing-certificate', { body: { file: file('זרה'), password: 'סיסמה', version: 2 } })).problem.code).toBe('forbidden')
    expect((await desk('DELETE /signing-certificate')).problem.code).toBe('forbidden')
  })
})

describe('a document', () => {
  it('is signed where the certificate held when it was issued, and is the same bytes each time', async () => {
    const [before, now_] = [await issued('2026-11-01T08:00:00Z'), await issued(castNow.toString())]
    expect(signerOf(await pdfOf(now_))).toBe('אחרת')
    expect((await pdfOf(now_)).equals(await pdfOf(now_))).toBe(true)
    expect(signerOf(await pdfOf(before))).toBeNull()
  })

  it('is not signed any more where the certificate was removed', async () => {
    for (const again of [1, 2]) expect((await owner('DELETE /signing-certificate')).status, String(again)).toBe(204)
    const id = await issued(castNow.add({ hours: 1 }).toString())
    expect(signerOf(await pdfOf(id))).toBeNull()
    expect((await owner('GET /signing-certificate')).body).toEqual({ certificate: null })
  })
})
