import { Mail, PhoneIncoming, PhoneOutgoing, UserRound } from '@lucide/vue'

export const wayIcons = { call_in: PhoneIncoming, call_out: PhoneOutgoing, desk: UserRound, email: Mail } as const
