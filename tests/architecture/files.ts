import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const all = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path))) // a deleted file stays listed until it is committed

/** Paths of the project's own files that match, relative to its root. */
export const files = (pattern: RegExp): string[] => all.filter((path) => pattern.test(path))

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

export const readJson = (path: string): unknown => JSON.parse(read(path))

export const isTest = (path: string): boolean => /\.(test|fixture)\.ts$/.test(path) || /^(tests|packages\/testing)\//.test(path)


/** Every place in the files where the pattern stands, as `path:line  text`. */
export function places(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    withoutCommentsKeepingLines(read(path)).flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}  ${line.trim().slice(0, 120)}`] : [])),
  )
}

function withoutCommentsKeepingLines(source: string): string[] {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, ' ')
  return source
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/(^|[\s;{}(,])\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|\s)\/\/.*$/gm, blank)
    .split('\n')
}
