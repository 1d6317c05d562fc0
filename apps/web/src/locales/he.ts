import common from './he/common.json'
import diary from './he/diary.json'
import problems from './he/problems.json'
import shell from './he/shell.json'

export default { common, diary, problems, shell }
