import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { testApi, urlOf } from '@yoman/testing/api'
import type { CastPerson } from '@yoman/testing/cast'
import { jpegWithPlace, pixelFlood, sampleHeic, sampleJpeg, samplePdf, samplePng } from '@yoman/testing/sample-files'
import type { Attachment } from '@yoman/contract/attachments'
import type { Inputs } from '@yoman/contract/routes'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const { doctor, receptionist, northReceptionist, assistant, accountant, owner } = hadar.staff
const asDoctor = await api.as(doctor)
const asDesk = await api.as(receptionist)
const asOtherDesk = await api.as(northReceptionist)
const asAssistant = await api.as(assistant)
const asOwner = await api.as(owner)
const asStranger = await api.as(thames.staff.doctor)

interface Sent {
  id?: string
  patientId?: string
  kind?: Attachment['kind']
  takenOn?: string
  appointmentId?: string
  name?: string
}

/** Sends a file as a browser does. */
async function send(person: CastPerson, bytes: Buffer, given: Sent = {}) {
  const { id = uuid(), patientId = hadar.patients.sara, kind = 'x_ray', takenOn = '2026-11-22', appointmentId, name = 'צילום 36.jpg' } = given
  const boundary = '----edge'
  const payload = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const url = urlOf('POST /attachments', {}, { id, patientId, kind, takenOn, ...(appointmentId && { appointmentId }) })
  const raw = await api.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${await api.tokenOf(person)}`, 'content-type': `multipart/form-data; boundary=${boundary}` }, payload })
  return { status: raw.statusCode, body: raw.json<Attachment>(), code: raw.json<{ code?: string }>().code, id }
}
const filed = async (person: CastPerson, bytes: Buffer, given: Sent = {}): Promise<Attachment> => {
  const { status, body, code } = await send(person, bytes, given)
  if (status !== 201) throw new Error(`not filed: ${code}`)
  return body
}
const list = async (as: typeof asDoctor, patientId: string = hadar.patients.sara) => (await as('GET /patients/:id/attachments', { params: { id: patientId } })).body.items
const eventsOf = (id: string) => api.database.db.selectFrom('event').select(['name', 'actor_id', 'details']).where('subject_id', '=', id).orderBy('seq').execute()
const storedFiles = async () => (await readdir(api.filesFolder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))

describe('filing', () => {
  test('a picture comes back as it was sent, under its own type, and never as a page', async () => {
    const bytes = samplePng(200, 100)
    const one = await filed(doctor, bytes, { name: 'צילום נשך 36.png' })
    expect(one).toMatchObject({ kind: 'x_ray', takenOn: '2026-11-22', filedBy: { staffId: doctor.id }, withdrawn: null, mayCorrect: true, version: 1 })
    expect(one.content).toMatchObject({ title: 'צילום נשך 36', mediaType: 'image/png', bytes: bytes.length, width: 200, height: 100, teeth: [], preview: 'waiting' })
    const { raw, status } = await asDoctor('GET /attachments/:id/content', { params: { id: one.id } })
    expect(status).toBe(200)
    expect(raw.rawPayload.equals(bytes)).toBe(true)
    expect(raw.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': String(bytes.length), 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin', 'content-security-policy': "default-src 'none'; sandbox" })
    expect(raw.headers['content-disposition']).toMatch(/^attachment; filename=".*\.png"; filename\*=UTF-8''/)
    expect((await eventsOf(one.id)).map(({ name, actor_id }) => [name, actor_id])).toEqual([['attachment.filed', doctor.id], ['attachment.read', doctor.id]])
  })

  test('nothing readable lies on the disk or in the database', async () => {
    const one = await filed(doctor, Buffer.concat([samplePdf().subarray(0, 9), Buffer.from('very secret diagnosis\n'.repeat(2_000)), samplePdf().subarray(9)]), { name: 'very secret title.pdf' })
    for (const path of await storedFiles()) expect((await readFile(path)).includes('secret')).toBe(false)
    const row = await api.database.db.selectFrom('attachment').selectAll().where('id', '=', one.id).executeTakeFirstOrThrow()
    expect(row.title_sealed.includes('secret')).toBe(false)
    expect(JSON.stringify(await eventsOf(one.id))).not.toContain('secret')
  })

  test('a photo forgets where it was made', async () => {
    const one = await filed(assistant, jpegWithPlace(), { kind: 'photo' })
    const { raw } = await asAssistant('GET /attachments/:id/content', { params: { id: one.id } })
    expect(raw.rawPayload.includes('Telephone')).toBe(true)
    expect(raw.rawPayload.includes('32,5.1234N')).toBe(false)
  })

  test('a request that is sent again finds its own; the same id for something else is refused; two at once make one', async () => {
    const id = uuid()
    const given = { id, name: 'once.png' }
    const [a, b] = await Promise.all([send(doctor, samplePng(30, 30), given), send(doctor, samplePng(30, 30), given)])
    expect([a.status, b.status]).toEqual([201, 201])
    const before = (await storedFiles()).length
    expect((await send(doctor, samplePng(30, 30), given)).status).toBe(201)
    expect((await send(doctor, samplePng(31, 31), given)).code).toBe('id_taken')
    expect((await send(doctor, samplePng(30, 30), { ...given, patientId: hadar.patients.noam })).code).toBe('id_taken')
    expect((await list(asDoctor)).filter((one) => one.id === id)).toHaveLength(1)
    expect((await storedFiles()).length).toBe(before)
    expect((await eventsOf(id)).filter(({ name }) => name === 'attachment.filed')).toHaveLength(1)
  })

  test.each([
    ['a page that is called a picture', Buffer.from('<html><script>alert(1)</script>'), 'attachment_type_unknown'],
    ['a page with a PDF in it', Buffer.concat([Buffer.from('<html>'), samplePdf()]), 'attachment_type_unknown'],
    ['a picture that breaks off', samplePng(90, 90).subarray(0, 300), 'attachment_torn'],
    ['pixels without end', pixelFlood(), 'picture_too_large'],
    ['nothing', Buffer.alloc(0), 'file_empty'],
    ['more than the limit', Buffer.concat([sampleJpeg(), Buffer.alloc(2 * 1_048_576)]), 'file_too_large'],
  ])('%s is refused, and nothing of it is kept', async (_, bytes, code) => {
    const before = (await storedFiles()).length
    const sent = await send(doctor, bytes)
    expect([sent.status >= 400 && sent.status < 500, sent.code]).toEqual([true, code])
    expect((await storedFiles()).length).toBe(before)
    expect((await asDoctor('PATCH /attachments/:id', { params: { id: sent.id }, body: { version: 1 } })).status).toBe(404)
  })

  test('a picture with a page behind it is served as a picture', async () => {
    const one = await filed(doctor, Buffer.concat([sampleJpeg(), Buffer.from('<script>alert(1)</script>')]), { name: 'x.html' })
    const { raw } = await asDoctor('GET /attachments/:id/content', { params: { id: one.id } })
    expect(raw.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' })
    expect(raw.headers['content-disposition']).toContain('filename="x.jpg"')
  })

  test('a body without a file, a date that is still to come, a patient or visit that is not theirs', async () => {
    const url = urlOf('POST /attachments', {}, { id: uuid(), patientId: hadar.patients.sara, kind: 'x_ray', takenOn: '2026-11-22' })
    const raw = await api.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${await api.tokenOf(doctor)}`, 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--\r\n' })
    expect([400, 422]).toContain(raw.statusCode)
    expect((await send(doctor, sampleJpeg(), { takenOn: '2027-01-01' })).code).toBe('attachment_date_in_future')
    expect((await send(doctor, sampleJpeg(), { patientId: uuid() })).code).toBe('reference_unknown')
    expect((await send(doctor, sampleJpeg(), { patientId: thames.patients.sara })).code).toBe('reference_unknown')
    expect((await send(doctor, sampleJpeg(), { appointmentId: uuid() })).code).toBe('reference_unknown')
    expect((await send(accountant, sampleJpeg())).code).toBe('forbidden')
  })

  test('a patient has so many and no more', async () => {
    const patientId = hadar.patients.noam
    for (let left = api.services.attachmentLimits.perPatient; left > 0; left -= 1) await filed(doctor, samplePng(left, 2), { patientId })
    expect((await send(doctor, sampleHeic(), { patientId })).code).toBe('attachment_limit_reached')
    expect((await asDoctor('GET /patients/:id/attachments', { params: { id: patientId } })).body).toMatchObject({ left: 0, mostBytes: api.services.attachmentLimits.mostBytes })
  })
})

describe('the desk', () => {
  test('files a clinical one, sees that it is there and nothing of what it shows, and opens what is of the office', async () => {
    const clinical = await filed(receptionist, samplePng(60, 60), { name: 'ממצא חריג.png' })
    const office = await filed(receptionist, samplePdf(), { kind: 'administrative', name: 'התחייבות קופה.pdf' })
    await asDoctor('PATCH /attachments/:id', { params: { id: clinical.id }, body: { version: 1, teeth: ['36'] } })
    for (const as of [asDesk, asOwner]) {
      const items = await list(as)
      expect(items.find(({ id }) => id === clinical.id)).toMatchObject({ kind: 'x_ray', content: null })
      expect(items.find(({ id }) => id === office.id)?.content).toMatchObject({ title: 'התחייבות קופה', mediaType: 'application/pdf' })
      for (const part of ['GET /attachments/:id/content', 'GET /attachments/:id/preview'] as const) expect((await as(part, { params: { id: clinical.id } })).problem.code).toBe('forbidden')
      expect((await as('GET /attachments/:id/content', { params: { id: office.id } })).status).toBe(200)
    }
    const { raw } = await asDesk('GET /patients/:id/attachments', { params: { id: hadar.patients.sara } })
    expect(raw.body).not.toContain('ממצא')
    expect(raw.body).not.toContain('"36"')
  })

  test('corrects and withdraws what it filed itself, not what others did, and cannot make a clinical one its own', async () => {
    const mine = await filed(receptionist, samplePng(61, 61))
    const change = (as: typeof asDesk, body: { version: number; kind?: Attachment['kind']; title?: string }) => as('PATCH /attachments/:id', { params: { id: mine.id }, body })
    expect((await change(asOtherDesk, { version: 1, title: 'x' })).problem.code).toBe('forbidden')
    expect((await change(asDesk, { version: 1, kind: 'administrative' })).problem.code).toBe('forbidden')
    expect((await change(asDesk, { version: 1, kind: 'lab', title: 'דם' })).body).toMatchObject({ kind: 'lab', content: null, version: 2 })
    expect((await asDesk('POST /attachments/:id/withdrawal', { params: { id: mine.id }, body: { version: 2, reason: 'תיק לא נכון' } })).status).toBe(200)
  })
})

describe('correcting', () => {
  test('kind, title, date and teeth, on top of what was read', async () => {
    const one = await filed(doctor, samplePng(20, 20))
    const change = (body: Inputs['PATCH /attachments/:id']['body']) => asDoctor('PATCH /attachments/:id', { params: { id: one.id }, body })
    expect((await change({ version: 1, kind: 'photo', title: 'לפני טיפול', takenOn: '2026-10-01', teeth: ['21', '11', '21'] })).body).toMatchObject({ kind: 'photo', takenOn: '2026-10-01', version: 2, content: { title: 'לפני טיפול', teeth: ['11', '21'] } })
    expect((await change({ version: 1, title: 'שוב' })).problem).toMatchObject({ code: 'stale_version', params: { current: 2 } })
    expect((await change({ version: 2, teeth: ['57'] })).problem.code).toBe('tooth_unknown')
    expect((await change({ version: 2, takenOn: '2030-01-01' })).problem.code).toBe('attachment_date_in_future')
  })

  test('withdrawing needs a reason, deletes nothing and can be taken back', async () => {
    const one = await filed(doctor, samplePng(21, 21))
    const withdraw = (version: number, reason: string) => asDoctor('POST /attachments/:id/withdrawal', { params: { id: one.id }, body: { version, reason } })
    expect((await withdraw(1, ' ')).problem.code).toBe('withdrawal_needs_reason')
    expect((await withdraw(1, 'של מטופל אחר')).body.withdrawn).toMatchObject({ by: { staffId: doctor.id }, reason: 'של מטופל אחר' })
    expect((await withdraw(2, 'שוב')).problem.code).toBe('attachment_withdrawn')
    expect((await asDoctor('PATCH /attachments/:id', { params: { id: one.id }, body: { version: 2, title: 'x' } })).problem.code).toBe('attachment_withdrawn')
    expect((await asDoctor('GET /attachments/:id/content', { params: { id: one.id } })).status).toBe(200)
    expect((await asDoctor('POST /attachments/:id/restoration', { params: { id: one.id }, body: { version: 2 } })).body).toMatchObject({ withdrawn: null, version: 3 })
    expect((await eventsOf(one.id)).map(({ name }) => name)).toEqual(['attachment.filed', 'attachment.withdrawn', 'attachment.read', 'attachment.restored'])
  })

  test('the database itself keeps the bytes of a row and the row of the bytes', async () => {
    const one = await filed(doctor, samplePng(22, 22))
    await expect(api.database.ownerPool.query(`update attachment set storage_key = gen_random_uuid() || '/' || gen_random_uuid() where id = $1`, [one.id])).rejects.toThrow('append_only')
    await expect(api.database.apiPool.query(`begin; select set_config('app.clinic', '${hadar.id}', true); delete from attachment; commit`)).rejects.toThrow('permission denied')
  })
})

describe('what is broken', () => {
  test('a changed or missing file is told and never shown', async () => {
    const before = new Set(await storedFiles())
    const one = await filed(doctor, samplePng(300, 300))
    const [path = ''] = (await storedFiles()).filter((other) => !before.has(other))
    const whole = await readFile(path)
    const open = () => asDoctor('GET /attachments/:id/content', { params: { id: one.id } })
    const broken = Buffer.from(whole)
    broken[50] = (broken[50] ?? 0) ^ 1
    await writeFile(path, broken)
    expect((await open()).problem).toMatchObject({ code: 'attachment_damaged' })
    await writeFile(path, whole)
    expect((await open()).status).toBe(200)
    const { files } = api.services
    const row = await api.database.db.selectFrom('attachment').select('storage_key').where('id', '=', one.id).executeTakeFirstOrThrow()
    await files.remove(row.storage_key)
    expect((await open()).problem).toMatchObject({ code: 'attachment_damaged' })
  })

  test('a disk that is full keeps no half of anything', async () => {
    const { files } = api.services
    const put = files.put
    // Not a mock of the store: it writes as much as fits, and then the disk says what it says.
    files.put = (key, bytes, length) => put(key, stopAfter(bytes), length)
    const sent = await send(doctor, samplePng(80, 80))
    files.put = put
    expect([sent.status, sent.code]).toEqual([507, 'storage_full'])
    expect((await storedFiles()).filter((path) => path.endsWith('.part'))).toEqual([])
    expect((await list(asDoctor)).find(({ id }) => id === sent.id)).toBeUndefined()
  })
})

async function* stopAfter(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    yield piece
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }
}

test("another clinic's is nothing at all", async () => {
  const one = await filed(doctor, samplePng(23, 23))
  const params = { id: one.id }
  const shots = [
    await asStranger('GET /attachments/:id/content', { params }), await asStranger('GET /attachments/:id/preview', { params }),
    await asStranger('PATCH /attachments/:id', { params, body: { version: 1 } }),
    await asStranger('POST /attachments/:id/withdrawal', { params, body: { version: 1, reason: 'x' } }),
    await asStranger('POST /attachments/:id/restoration', { params, body: { version: 1 } }),
    await asStranger('GET /patients/:id/attachments', { params: { id: hadar.patients.sara } }),
  ]
  expect(shots.map(({ status }) => status)).toEqual(shots.map(() => 404))
  expect((await asStranger('GET /attachments/:id/preview', { params: { id: uuid() } })).status).toBe(404)
})
