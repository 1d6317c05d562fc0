import { Banknote, BellRing, BookOpenCheck, CalendarClock, CalendarDays, ChartColumn, ClipboardList, HandCoins, Handshake, Hourglass, Inbox, ListChecks, MessageSquareText, ReceiptText, Settings, Stethoscope, UsersRound } from '@lucide/vue'
import { type Component, defineAsyncComponent } from 'vue'
import type { Permission } from '@yoman/domain/access'
import type { Words } from '../locales/words.ts'
import { paths } from '../paths.ts'

/** The entries of the main navigation, shown to those who hold the permission. */
export const navigation: readonly { path: string; label: Words; icon: Component; permission: Permission; badge?: Component }[] = [
  { path: paths.diary(), label: 'shell.diary', icon: CalendarDays, permission: 'diary.read' },
  { path: paths.patients, label: 'shell.patients', icon: UsersRound, permission: 'patient.read' },
  { path: paths.room, label: 'shell.room', icon: Stethoscope, permission: 'note.read' },
  { path: paths.orders, label: 'shell.orders', icon: ClipboardList, permission: 'order.read' },
  { path: paths.rebooking, label: 'rebooking.title', icon: CalendarClock, permission: 'diary.read', badge: defineAsyncComponent(() => import('../rebooking/RebookingCount.vue')) },
  { path: paths.tasks, label: 'tasks.title', icon: ListChecks, permission: 'task.read', badge: defineAsyncComponent(() => import('../tasks/OverdueBadge.vue')) },
  { path: paths.handover, label: 'handover.title', icon: Handshake, permission: 'handover.read' },
  { path: paths.waitlist, label: 'shell.waitlist', icon: Hourglass, permission: 'waitlist.read' },
  { path: paths.account(), label: 'accounts.nav', icon: BellRing, permission: 'message.read', badge: defineAsyncComponent(() => import('../accounts/SilentCount.vue')) },
  { path: paths.inbox(), label: 'inbox.title', icon: Inbox, permission: 'message.read', badge: defineAsyncComponent(() => import('../inbox/UnreadCount.vue')) },
  { path: paths.messages, label: 'shell.messages', icon: MessageSquareText, permission: 'message.read' },
  { path: paths.invoices, label: 'shell.invoices', icon: ReceiptText, permission: 'invoice.read' },
  { path: paths.cashDesk, label: 'cash.nav', icon: Banknote, permission: 'cash.read' },
  { path: paths.debts, label: 'debts.title', icon: HandCoins, permission: 'invoice.read' },
  { path: paths.books, label: 'books.nav', icon: BookOpenCheck, permission: 'books.export' },
  { path: paths.reports, label: 'reports.title', icon: ChartColumn, permission: 'report.read' },
  { path: paths.settings, label: 'shell.settings', icon: Settings, permission: 'settings.read' },
]
