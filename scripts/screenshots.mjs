// Makes the pictures of README anew (docs/images/*.png), from the product as it runs. About a minute.
import { register } from 'tsx/esm/api'
import { fail } from './install.mjs'

register()
try {
  const { takeScreenshots } = await import('../packages/testing/src/screenshots/take.ts')
  await takeScreenshots(new URL('../docs/images/', import.meta.url))
} catch (error) {
  fail(error.message)
}
