import type { RouteRecordRaw } from 'vue-router'

/** The pages inside the frame. A new noun adds its lines here, its address in paths.ts and, if it has one, its entry in shell/navigation.ts. */
export const pages: RouteRecordRaw[] = [
  { path: 'diary/:date(\\d{4}-\\d{2}-\\d{2})?', name: 'diary', component: () => import('./diary/DiaryPage.vue'), meta: { permission: 'diary.read', title: 'shell.diary' } },
  { path: 'patients', component: () => import('./patients/PatientsPage.vue'), meta: { permission: 'patient.read', title: 'shell.patients' } },
  { path: 'patients/merges', component: () => import('./merges/MergesPage.vue'), meta: { permission: 'patient.merge', title: 'merges.page' } },
  { path: 'patients/coming-of-age', component: () => import('./families/ComingOfAgePage.vue'), meta: { permission: 'patient.write', title: 'families.ofAge' } },
  { path: 'patients/:id', component: () => import('./patients/PatientPage.vue'), meta: { permission: 'patient.read', title: 'diary.action.openPatient' } },
  { path: 'room/:appointmentId?', component: () => import('./room/RoomPage.vue'), meta: { permission: 'note.read', title: 'shell.room' } },
  { path: 'waitlist', component: () => import('./waitlist/WaitlistPage.vue'), meta: { permission: 'waitlist.read', title: 'waitlist.title' } },
  { path: 'orders', component: () => import('./orders/OrdersPage.vue'), meta: { permission: 'order.read', title: 'shell.orders' } },
  { path: 'rebooking', component: () => import('./rebooking/RebookingPage.vue'), meta: { permission: 'diary.read', title: 'rebooking.title' } },
  { path: 'tasks', component: () => import('./tasks/TasksPage.vue'), meta: { permission: 'task.read', title: 'tasks.title' } },
  { path: 'handover', component: () => import('./handovers/HandoverPage.vue'), meta: { permission: 'handover.read', title: 'handover.title' } },
  { path: 'accounts/:date(\\d{4}-\\d{2}-\\d{2})?', component: () => import('./accounts/AccountPage.vue'), meta: { permission: 'message.read', title: 'accounts.title' } },
  { path: 'forecast', component: () => import('./accounts/ForecastPage.vue'), meta: { permission: 'message.read', title: 'forecast.title' } },
  { path: 'messages', component: () => import('./messages/MessagesPage.vue'), meta: { permission: 'message.read', title: 'shell.messages' } },
  { path: 'invoices', component: () => import('./invoices/InvoicesPage.vue'), meta: { permission: 'invoice.read', title: 'shell.invoices' } },
  { path: 'invoices/:id', component: () => import('./invoices/InvoicePage.vue'), meta: { permission: 'invoice.read', title: 'shell.invoice' } },
  { path: 'guide', component: () => import('./guide/GuidePage.vue'), meta: { permission: 'session.own', title: 'guide.title' } },
  { path: 'guide/doctors', component: () => import('./guide/DoctorGuidePage.vue'), meta: { permission: 'session.own', title: 'guide.doctor.title' } },
  { path: 'setting-up', component: () => import('./begin/BeginPage.vue'), meta: { permission: 'settings.write', title: 'setup.title' } },
  { path: 'settings/:part?/:item?', component: () => import('./settings/SettingsPage.vue'), meta: { permission: 'settings.read', title: 'shell.settings' } },
]
