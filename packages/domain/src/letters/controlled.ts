/**
 * Substances of the Dangerous Drugs Ordinance (פקודת הסמים המסוכנים) that are met in clinics, by name of the substance and common
 * names of the trade here, in both scripts. They are prescribed on a form of their own, and some only in a digital system. A safety
 * net under whoever prescribes, not the law's whole list.
 */
const controlled = [
  'morphine', 'מורפין', 'mir', 'oxycodone', 'oxycontin', 'oxycod', 'percocet', 'targin', 'אוקסיקוד', 'אוקסיקודון', 'אוקסיקונטין', 'פרקוסט', 'טרגין', 'fentanyl', 'פנטניל', 'methadone', 'adolan', 'מתדון', 'אדולן',
  'buprenorphine', 'butrans', 'subutex', 'suboxone', 'בופרנורפין', 'בוטרנס', 'סובוטקס', 'סובוקסון', 'hydromorphone', 'palladone', 'הידרומורפון', 'פלדון', 'pethidine', 'meperidine', 'dolestine', 'פתידין', 'דולסטין', 'tapentadol', 'palexia', 'טפנטדול', 'פלקסיה',
  'methylphenidate', 'ritalin', 'concerta', 'מתילפנידט', 'ריטלין', 'קונצרטה', 'amphetamine', 'amfetamine', 'lisdexamfetamine', 'vyvanse', 'attent', 'adderall', 'אמפטמין', 'ויואנס', 'אטנט', 'cannabis', 'thc', 'dronabinol', 'קנאביס', 'ketamine', 'קטמין',
]

// Letters alone: a strength may be written right behind a name.
const word = (text: string): string[] => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/\p{L}+/gu) ?? []
const known = new Set(controlled.flatMap(word))

/** Whether the name holds the word of such a substance. */
export const controlledDrug = (name: string): boolean => word(name).some((one) => known.has(one))
