import type { Messages } from './words.ts'
import common from './en/common.json'
import diary from './en/diary.json'
import invoices from './en/invoices.json'
import messages from './en/messages.json'
import orders from './en/orders.json'
import patients from './en/patients.json'
import problems from './en/problems.json'
import room from './en/room.json'
import shell from './en/shell.json'

export default { common, diary, invoices, messages, orders, patients, problems, room, shell } satisfies Messages
