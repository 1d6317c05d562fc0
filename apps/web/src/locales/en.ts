import type { Messages } from './words.ts'
import common from './en/common.json'
import diary from './en/diary.json'
import problems from './en/problems.json'
import shell from './en/shell.json'

export default { common, diary, problems, shell } satisfies Messages
