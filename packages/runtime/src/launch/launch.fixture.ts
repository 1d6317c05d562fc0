// What scripts/start.mjs does after building, on the folder of a test.
import { launch } from './launch.ts'

const [root = '', ...flags] = process.argv.slice(2)
try {
  await launch({ root, dev: false, prepare: flags.includes('--prepare'), env: process.env })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
