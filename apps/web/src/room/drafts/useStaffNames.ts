import { useRead } from '../../api.ts'
import { language } from '../../i18n.ts'

/** Who is who among the staff, in the language of the screen; empty until it is known. */
export function useStaffNames(): { staffName: (staffId: string) => string } {
  const { data } = useRead('GET /staff', {})
  const staffName = (staffId: string): string => {
    const one = data.value?.items.find(({ id }) => id === staffId)
    return (language.value === 'en' && one?.nameEn) || (one?.name ?? '')
  }
  return { staffName }
}
