/** Ids are UUIDs; new ones are version 7, made by whoever creates the row. Brands keep a patient's id out of an appointment's place. */
export type Id<Noun extends string> = string & { readonly __noun?: Noun }

export type ClinicId = Id<'clinic'>
export type BranchId = Id<'branch'>
export type StaffId = Id<'staff'>
export type PractitionerId = Id<'practitioner'>
export type ResourceId = Id<'resource'>
export type VisitTypeId = Id<'visit_type'>
export type PatientId = Id<'patient'>
export type AppointmentId = Id<'appointment'>
export type EncounterId = Id<'encounter'>
export type OrderId = Id<'order'>
export type InvoiceId = Id<'invoice'>
export type MessageId = Id<'message'>
export type ReminderId = Id<'reminder'>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => uuid.test(text)
