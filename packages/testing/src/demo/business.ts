/** The demo clinic as it stands on its documents. */
export const business = { name: 'מרפאות שקד', legalName: 'מרפאות שקד בע״מ', vatNumber: '514238765', address: 'אבן גבירול 71, תל אביב-יפו', phone: '+97235550100', email: 'office@shaked.example' }
