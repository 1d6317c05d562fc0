// Makes the pictures of README anew (docs/images/*.png), from the product as it runs: about a minute. With `-- all` every
// screen instead, in both languages and themes, for desk and phone, into screenshots/, which is not committed: some minutes.
// With `-- guide` the pictures of the reception guide (apps/web/public/guide/), with `-- closing` those of docs/CLOSING.md.
import { register } from 'tsx/esm/api'
import { fail } from './install.mjs'

register()
try {
  if (process.argv.includes('all')) {
    const { takeEveryScreen } = await import('../packages/testing/src/screenshots/every-screen.ts')
    await takeEveryScreen(new URL('../screenshots/', import.meta.url))
  } else if (process.argv.includes('guide')) {
    const { takeGuide } = await import('../packages/testing/src/screenshots/guide.ts')
    await takeGuide(new URL('../apps/web/public/guide/', import.meta.url))
  } else if (process.argv.includes('closing')) {
    const { takeClosing } = await import('../packages/testing/src/screenshots/closing.ts')
    await takeClosing(new URL('../docs/images/closing/', import.meta.url))
  } else {
    const { takeScreenshots } = await import('../packages/testing/src/screenshots/take.ts')
    await takeScreenshots(new URL('../docs/images/', import.meta.url))
  }
} catch (error) {
  fail(error.message)
}
