import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

const LIMIT_BYTES = 20_000_000

/** One program's log in the data folder. At a start the previous one is put aside when it has grown large. */
export class LogFile {
  readonly path: string
  readonly #stream: WriteStream
  readonly #echo: boolean

  constructor(dataDir: string, name: string, echo: boolean) {
    mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 })
    this.path = join(dataDir, 'logs', `${name}.log`)
    if (existsSync(this.path) && statSync(this.path).size > LIMIT_BYTES) renameSync(this.path, `${this.path}.1`)
    this.#stream = createWriteStream(this.path, { flags: 'a', mode: 0o600 })
    this.#echo = echo
  }

  write(text: string | Buffer): void {
    this.#stream.write(text)
    if (this.#echo) process.stdout.write(text)
  }

  line = (text: string): void => this.write(`${text}\n`)
}
