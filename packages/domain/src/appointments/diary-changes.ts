/** What another person at a desk wants to hear of: `appointment.booked` and so on. Holds come and go too fast to be news. */
export const diaryChangeKinds = ['booked', 'moved', 'changed', 'confirmed', 'arrived', 'called', 'started', 'completed', 'cancelled', 'missed', 'undone', 'parked', 'unparked'] as const
export type DiaryChangeKind = (typeof diaryChangeKinds)[number]
