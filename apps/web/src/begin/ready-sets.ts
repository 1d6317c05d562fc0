/** Kinds of visits that most clinics of a field begin with; lengths are in minutes and meant to be changed. */
export interface ReadyType {
  name: string
  nameEn: string
  profession: 'doctor' | 'hygienist'
  minutes: number
  colour: string
}

export const readySets: Record<'dental' | 'medical', readonly ReadyType[]> = {
  dental: [
    { name: 'בדיקה תקופתית', nameEn: 'Check-up', profession: 'doctor', minutes: 20, colour: '#0f766e' },
    { name: 'ביקור ראשון', nameEn: 'First visit', profession: 'doctor', minutes: 40, colour: '#1d4ed8' },
    { name: 'ניקוי והסרת אבנית', nameEn: 'Scaling', profession: 'hygienist', minutes: 40, colour: '#a21caf' },
    { name: 'סתימה', nameEn: 'Filling', profession: 'doctor', minutes: 40, colour: '#b45309' },
    { name: 'טיפול שורש', nameEn: 'Root canal', profession: 'doctor', minutes: 60, colour: '#be123c' },
    { name: 'כתר', nameEn: 'Crown', profession: 'doctor', minutes: 60, colour: '#7c3aed' },
    { name: 'עקירה', nameEn: 'Extraction', profession: 'doctor', minutes: 30, colour: '#9a3412' },
    { name: 'עזרה ראשונה', nameEn: 'Emergency', profession: 'doctor', minutes: 20, colour: '#dc2626' },
  ],
  medical: [
    { name: 'ביקור ראשון', nameEn: 'First visit', profession: 'doctor', minutes: 30, colour: '#1d4ed8' },
    { name: 'ביקור מעקב', nameEn: 'Follow-up', profession: 'doctor', minutes: 15, colour: '#0f766e' },
    { name: 'ייעוץ', nameEn: 'Consultation', profession: 'doctor', minutes: 30, colour: '#7c3aed' },
    { name: 'פעולה קטנה', nameEn: 'Minor procedure', profession: 'doctor', minutes: 30, colour: '#b45309' },
    { name: 'ביקורת לאחר ניתוח', nameEn: 'Post-operative check', profession: 'doctor', minutes: 15, colour: '#9a3412' },
    { name: 'שיחה עם הרופא/ה', nameEn: 'Phone consultation', profession: 'doctor', minutes: 10, colour: '#0369a1' },
  ],
}

/** Colours of the columns, one after the other, so that neighbours differ. */
export const columnColours = ['#0f766e', '#1d4ed8', '#7c3aed', '#b45309', '#be123c', '#0369a1', '#4d7c0f', '#a21caf', '#0e7490', '#9a3412'] as const
