import { FileCheck2, FileX2 } from '@lucide/vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import type { VisitMenuItem } from '../diary/visit-menu.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { missPaper, receivePaper } from './paper-writes.ts'

/** The menu entry of a visit that asks for a paper: it is here, or it was ticked by mistake. `name`: as it is called on the screen. */
export function paperEntry({ id, paper, status }: DiaryVisit, name: string): VisitMenuItem[] {
  if (!paper || !may('appointment.flow') || status === 'cancelled' || status === 'no_show') return []
  const of = { appointmentId: id, name, kind: paper.kind }
  return paper.received
    ? [{ key: 'paper', label: t(`papers.miss.${paper.kind}`), icon: FileX2, apart: true, run: () => missPaper(of) }]
    : [{ key: 'paper', label: t(`papers.receive.${paper.kind}`), icon: FileCheck2, apart: true, run: () => receivePaper(of) }]
}
