/** Every address of the client; nobody else writes one. */
export const paths = {
  signIn: '/sign-in',
  setup: '/setup',
  /** The first hour of a new clinic. */
  begin: '/setting-up',
  diary: (date?: string) => (date === undefined ? '/diary' : `/diary/${date}`),
  patients: '/patients',
  patient: (id: string) => `/patients/${id}`,
  /** One part of the record, for example `attachments`. */
  patientPart: (id: string, part: string) => `/patients/${id}?part=${part}`,
  /** Records that may be of one person, and those that were merged. */
  merges: '/patients/merges',
  /** Who turns eighteen. */
  comingOfAge: '/patients/coming-of-age',
  room: '/room',
  roomVisit: (appointmentId: string) => `/room/${appointmentId}`,
  orders: '/orders',
  waitlist: '/waitlist',
  rebooking: '/rebooking',
  tasks: '/tasks',
  handover: '/handover',
  /** A screen on a wall; its secret stands behind the `#`. */
  waitingRoom: '/waiting-room',
  /** What the next fortnight will send. */
  forecast: '/forecast',
  reminderNumbers: '/accounts/numbers',
  /** A patient's form; its token stands behind the `#`. */
  formLink: '/f',
  messages: '/messages',
  /** What patients write; one conversation, or the list. */
  inbox: (id?: string) => (id === undefined ? '/inbox' : `/inbox/${id}`),
  /** Who knows of their visit; without a day, of the next working day. */
  account: (date?: string) => (date === undefined ? '/accounts' : `/accounts/${date}`),
  invoices: '/invoices',
  invoice: (id: string) => `/invoices/${id}`,
  /** What should be at the desk, and its closings. */
  cashDesk: '/cash-desk',
  cashClosing: (id: string) => `/cash-desk/${id}`,
  cheques: '/cheques',
  chequeDeposit: (id: string) => `/cheque-deposits/${id}`,
  /** Who owes, and since when. */
  debts: '/debts',
  statements: '/debts/statements',
  /** Files for the accountant. */
  books: '/books',
  /** What the clinic earns. */
  reports: '/reports',
  /** The books that the law wants of a doctor, day by day. */
  registers: '/registers',
  /** Months that are over, and their closing. */
  months: '/reports/months',
  /** What practitioners are paid. */
  shares: '/reports/shares',
  guide: '/guide',
  doctorGuide: '/guide/doctors',
  settings: '/settings',
  /** The demo's stand-in for phones and mailboxes; served beside the client, not by it. */
  postOffice: '/dev/post',
  settingsPart: (part: string, item?: string) => (item === undefined ? `/settings/${part}` : `/settings/${part}/${item}`),
}
