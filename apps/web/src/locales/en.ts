import type { Messages } from './words.ts'
import common from './en/common.json'
import diary from './en/diary.json'
import imports from './en/imports.json'
import invoices from './en/invoices.json'
import messages from './en/messages.json'
import orders from './en/orders.json'
import patients from './en/patients.json'
import problems from './en/problems.json'
import room from './en/room.json'
import settings from './en/settings.json'
import shell from './en/shell.json'

export default { common, diary, imports, invoices, messages, orders, patients, problems, room, settings, shell } satisfies Messages
