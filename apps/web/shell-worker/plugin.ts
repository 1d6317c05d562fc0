import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

// What is only asked for by the operating system or a search in the menu, and the guide's pictures, need not be there without a network.
const left = /\.(map|webmanifest)$|^apple-touch-icon/

/** Writes `sw.js` beside the page: the worker with the list of all files of this build and a fingerprint of them. */
export function shellWorker(): Plugin {
  let publicDir = ''
  return {
    name: 'shell-worker',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => void (publicDir = config.publicDir),
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const hash = createHash('sha256')
        const built = Object.values(bundle).filter(({ fileName }) => !left.test(fileName))
        for (const file of built) hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source)
        const copied = readdirSync(publicDir, { withFileTypes: true }).filter((entry) => entry.isFile() && !left.test(entry.name)).map(({ name }) => name)
        for (const name of copied) hash.update(name).update(readFileSync(join(publicDir, name)))
        const files = [...built.map(({ fileName }) => fileName), ...copied].map((name) => `/${name}`).sort()
        const worker = readFileSync(join(import.meta.dirname, 'worker.js'), 'utf8')
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: worker.replace('__FILES__', JSON.stringify(files)).replace('__VERSION__', hash.digest('hex').slice(0, 16)) })
      },
    },
  }
}
