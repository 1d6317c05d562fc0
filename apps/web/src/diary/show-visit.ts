import { dateIn, instant } from '@yoman/domain/time'
import { branch } from '../branch.ts'
import { t } from '../i18n.ts'
import { paths } from '../paths.ts'
import { router } from '../router.ts'
import type { ToastAction } from '../ui/toasts.ts'
import { jumpTo } from './jump.ts'

/** After a visit went to another day: a button that leads there. Nothing where the day is the same. */
export function showThereAction({ id, startsAt }: { id: string; startsAt: string }, to: string): ToastAction | undefined {
  const zone = branch.value?.timeZone
  if (!zone) return undefined
  const [before, after] = [startsAt, to].map((at) => dateIn(zone, instant(at)).toString())
  if (before === after || after === undefined) return undefined
  return {
    label: t('diary.showThere'),
    run() {
      void router.push(paths.diary(after))
      jumpTo(id)
    },
  }
}
