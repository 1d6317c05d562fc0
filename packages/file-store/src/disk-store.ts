import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore, StoredFile } from '@yoman/domain/attachments/file-store'
import { Refusal } from '@yoman/domain/refusal'
import { checkKey } from './key.ts'

/** A folder: `<clinic>/<two letters>/<uuid>`. What is under its final name is whole and on the disk itself. */
export function diskStore(folder: string): FileStore {
  const pathOf = (key: string): string => {
    const { clinic, name } = checkKey(key)
    return join(folder, clinic, name.slice(-2), name)
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await writeWhole(path, bytes)
      } catch (error) {
        await rm(`${path}.part`, { force: true })
        throw isFull(error) ? new Refusal('storage_full') : error
      }
    },
    async get(key) {
      const path = pathOf(key)
      if (!(await exists(path))) throw new Refusal('attachment_damaged')
      return createReadStream(path, { highWaterMark: 262_144 })
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
      await rm(`${pathOf(key)}.part`, { force: true })
    },
    list: (clinicId) => filesIn(folder, clinicId),
  }
}

/** Under another name until all of it is safe; then the name, and the folder that holds the name. */
async function writeWhole(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${path}.part`
  const file = await open(part, 'wx', 0o600)
  try {
    for await (const piece of bytes) await writeAll(file, piece)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
  await syncFolder(dirname(path))
  await syncFolder(dirname(dirname(path)))
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await file.write(piece, at, piece.length - at)).bytesWritten
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return // a folder cannot be opened there; NTFS journals names by itself
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function* filesIn(folder: string, clinicId: string): AsyncGenerator<StoredFile> {
  const clinic = join(folder, clinicId)
  for (const letters of await namesIn(clinic)) {
    for (const name of await namesIn(join(clinic, letters))) {
      const found = await stat(join(clinic, letters, name)).catch(() => null) // removed between the two looks
      // What a process that died had half written is listed under the name it would have had.
      if (found) yield { key: `${clinicId}/${name.replace(/\.part$/, '')}`, writtenAtMs: found.mtimeMs }
    }
  }
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

const exists = (path: string): Promise<boolean> => stat(path).then((found) => found.isFile(), () => false)

const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
