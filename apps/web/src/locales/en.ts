import type { Messages } from './words.ts'
import accounting from './en/accounting.json'
import accounts from './en/accounts.json'
import allocation from './en/allocation.json'
import attachments from './en/attachments.json'
import blocks from './en/blocks.json'
import books from './en/books.json'
import cash from './en/cash.json'
import changes from './en/changes.json'
import cheques from './en/cheques.json'
import common from './en/common.json'
import contacts from './en/contacts.json'
import debts from './en/debts.json'
import diary from './en/diary.json'
import discounts from './en/discounts.json'
import families from './en/families.json'
import fields from './en/fields.json'
import forecast from './en/forecast.json'
import forms from './en/forms.json'
import guide from './en/guide.json'
import handover from './en/handover.json'
import imports from './en/imports.json'
import inbox from './en/inbox.json'
import invoices from './en/invoices.json'
import letters from './en/letters.json'
import links from './en/links.json'
import lists from './en/lists.json'
import merges from './en/merges.json'
import messages from './en/messages.json'
import months from './en/months.json'
import notes from './en/notes.json'
import organisations from './en/organisations.json'
import orders from './en/orders.json'
import papers from './en/papers.json'
import patients from './en/patients.json'
import plans from './en/plans.json'
import prices from './en/prices.json'
import problems from './en/problems.json'
import rebooking from './en/rebooking.json'
import reports from './en/reports.json'
import registers from './en/registers.json'
import resources from './en/resources.json'
import room from './en/room.json'
import screen from './en/screen.json'
import series from './en/series.json'
import settings from './en/settings.json'
import setup from './en/setup.json'
import shares from './en/shares.json'
import shell from './en/shell.json'
import statements from './en/statements.json'
import tags from './en/tags.json'
import tasks from './en/tasks.json'
import teeth from './en/teeth.json'
import timeline from './en/timeline.json'
import waitlist from './en/waitlist.json'

export default {
  accounting,
  accounts,
  allocation,
  attachments,
  blocks,
  books,
  cash,
  changes,
  cheques,
  common,
  contacts,
  debts,
  diary,
  discounts,
  families,
  fields,
  forecast,
  forms,
  guide,
  handover,
  imports,
  inbox,
  invoices,
  letters,
  links,
  lists,
  merges,
  messages,
  notes,
  orders,
  organisations,
  papers,
  patients,
  plans,
  prices,
  problems,
  rebooking,
  reports,
  registers,
  months,
  resources,
  room,
  screen,
  series,
  settings,
  setup,
  shares,
  shell,
  statements,
  tags,
  tasks,
  teeth,
  timeline,
  waitlist,
} satisfies Messages
