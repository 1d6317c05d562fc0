import accounting from './he/accounting.json'
import accounts from './he/accounts.json'
import allocation from './he/allocation.json'
import attachments from './he/attachments.json'
import blocks from './he/blocks.json'
import books from './he/books.json'
import cash from './he/cash.json'
import changes from './he/changes.json'
import cheques from './he/cheques.json'
import common from './he/common.json'
import contacts from './he/contacts.json'
import debts from './he/debts.json'
import diary from './he/diary.json'
import discounts from './he/discounts.json'
import families from './he/families.json'
import fields from './he/fields.json'
import forecast from './he/forecast.json'
import forms from './he/forms.json'
import guide from './he/guide.json'
import handover from './he/handover.json'
import imports from './he/imports.json'
import inbox from './he/inbox.json'
import invoices from './he/invoices.json'
import letters from './he/letters.json'
import links from './he/links.json'
import lists from './he/lists.json'
import merges from './he/merges.json'
import messages from './he/messages.json'
import months from './he/months.json'
import notes from './he/notes.json'
import organisations from './he/organisations.json'
import orders from './he/orders.json'
import papers from './he/papers.json'
import patients from './he/patients.json'
import plans from './he/plans.json'
import prices from './he/prices.json'
import problems from './he/problems.json'
import rebooking from './he/rebooking.json'
import reports from './he/reports.json'
import registers from './he/registers.json'
import resources from './he/resources.json'
import room from './he/room.json'
import screen from './he/screen.json'
import series from './he/series.json'
import settings from './he/settings.json'
import setup from './he/setup.json'
import shares from './he/shares.json'
import shell from './he/shell.json'
import statements from './he/statements.json'
import tags from './he/tags.json'
import tasks from './he/tasks.json'
import teeth from './he/teeth.json'
import timeline from './he/timeline.json'
import waitlist from './he/waitlist.json'

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
}
