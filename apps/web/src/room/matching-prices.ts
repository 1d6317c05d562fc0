import { searchName } from '@yoman/domain/people/search-name'

interface Priced {
  id: string
  code: string
  name: string
  nameEn: string
  active: boolean
}

/** Price items whose words, in either language, or code begin with what was typed; two letters are enough. At most eight. */
export function matchingPrices<T extends Priced>(items: readonly T[], typed: string): T[] {
  const wanted = searchName(typed)
  if (wanted === '') return []
  const fits = (text: string): boolean => searchName(text).split(' ').some((_word, at, words) => words.slice(at).join(' ').startsWith(wanted))
  return items.filter((item) => item.active && (fits(item.name) || fits(item.nameEn) || item.code.toLowerCase().startsWith(wanted))).slice(0, 8)
}
