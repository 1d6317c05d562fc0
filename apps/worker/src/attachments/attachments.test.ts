import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { Transformer } from '@napi-rs/image'
import { plainDate } from '@yoman/domain/time'
import { pixelFlood, sampleHeic, sampleJpeg, samplePdf, samplePng } from '@yoman/testing/sample-files'
import type { FilingContext } from '@yoman/use-cases/attachments/context'
import { fileAttachment } from '@yoman/use-cases/attachments/file'
import { openPreview } from '@yoman/use-cases/attachments/read'
import { orphanDays } from '@yoman/use-cases/attachments/sweep'
import { expect, test } from 'vitest'
import { openDesk } from '../desk.fixture.ts'
import { drawSmall } from './draw.ts'
import { sweepFiles } from './sweep.ts'

const desk = await openDesk()
const { services, clinic } = desk
const folder = desk.config.files.folder ?? ''
const filing = (): FilingContext => ({ ...desk.as('doctor'), files: services.files, attachmentLimits: { mostBytes: 1_048_576, perPatient: 100 } })
const file = (bytes: Buffer, given: { files?: FilingContext['files'] } = {}) =>
  fileAttachment({ ...filing(), ...given }, { id: uuid(), patientId: clinic.patients.sara, kind: 'x_ray', takenOn: plainDate('2026-11-20'), appointmentId: null, fileName: 'a.png', bytes })
const rowOf = (id: string) => desk.database.db.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const stored = async (): Promise<string[]> => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))

async function gather(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces)
}

test('a picture gets its small one, sealed; a PDF and an HEIC have none; screens hear of it', async () => {
  const [picture, pdf, heic] = [await file(samplePng(1_200, 600)), await file(samplePdf()), await file(sampleHeic())]
  await desk.work()
  expect([(await rowOf(picture.id)).preview_state, (await rowOf(pdf.id)).preview_state, (await rowOf(heic.id)).preview_state]).toEqual(['made', 'none', 'none'])
  const small = await gather((await openPreview(filing(), picture.id)).body)
  expect(await new Transformer(small).metadata()).toMatchObject({ width: 400, height: 200, format: 'webp' })
  for (const path of await stored()) expect((await readFile(path)).includes('WEBP')).toBe(false)
  const events = await desk.database.db.selectFrom('event').select('name').where('subject_id', '=', picture.id).execute()
  expect(events.map(({ name }) => name)).toContain('attachment.previewed')
})

test('a picture that cannot be drawn has none, and the worker goes on', async () => {
  const torn = samplePng(500, 500)
  torn.fill(7, 60, 300) // whole by its ends, nonsense inside
  const one = await file(torn)
  const next = await file(sampleJpeg())
  await desk.work()
  expect([(await rowOf(one.id)).preview_state, (await rowOf(next.id)).preview_state]).toEqual(['none', 'made'])
})

test('pixels without end draw nothing', async () => expect(await drawSmall(pixelFlood())).toBe(null))

test('a crash between the bytes and their row leaves nothing that anybody sees, and the sweep takes the bytes away', async () => {
  const before = await stored()
  // The row cannot be written: the connection goes between the two.
  const broken = { ...filing(), files: { ...services.files, put: async (...given: Parameters<typeof services.files.put>) => { await services.files.put(...given); throw new Error('killed') } } }
  await expect(file(samplePng(33, 33), { files: broken.files })).rejects.toThrow('killed')
  const [orphan = ''] = (await stored()).filter((path) => !before.includes(path))
  const part = join(dirname(orphan), `${uuid().slice(0, -2)}${orphan.slice(-2)}.part`)
  await writeFile(part, 'half')
  expect(await sweepFiles(services)).toBe(0)
  expect(await stored()).toContain(orphan)

  const old = services.machineClock.now().subtract({ hours: orphanDays * 24 + 1 }).epochMilliseconds / 1_000
  for (const path of await stored()) await utimes(path, old, old)
  expect(await sweepFiles(services)).toBe(2)
  expect((await stored()).sort()).toEqual(before.sort())
})

test('the demo’s clock, moved by a year, sweeps nothing away', async () => {
  await file(samplePng(34, 34))
  const before = await stored()
  desk.setNow('2027-11-22T06:00:00Z')
  await sweepFiles(services)
  expect(await stored()).toEqual(before)
})
