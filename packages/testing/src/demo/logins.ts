/** Who can sign in to the demo, printed by the launcher. They exist in demo data alone. */
export const demoPassword = 'yoman-demo'

export const demoLogins = [
  { email: 'desk@shaked.example', role: 'receptionist', hebrew: 'קבלה' },
  { email: 'doctor@shaked.example', role: 'doctor', hebrew: 'רופאה' },
  { email: 'hygienist@shaked.example', role: 'hygienist', hebrew: 'שיננית' },
  { email: 'assistant@shaked.example', role: 'assistant', hebrew: 'סייעת' },
  { email: 'accountant@shaked.example', role: 'accountant', hebrew: 'הנהלת חשבונות' },
  { email: 'owner@shaked.example', role: 'owner', hebrew: 'הנהלה' },
] as const
