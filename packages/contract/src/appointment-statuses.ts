/** The life of an appointment. `held` is a place kept for some minutes while somebody fills in the booking. */
export const appointmentStatuses = ['held', 'booked', 'confirmed', 'arrived', 'called', 'in_treatment', 'completed', 'cancelled', 'no_show'] as const
export const cancelReasons = ['patient', 'clinic', 'moved', 'other'] as const
