/** With what the demo clinic is connected to the stand-in: worth nothing anywhere else. */
export const demoPayPlusKeys = { apiKey: 'yoman-demo', secretKey: 'stand-in-of-the-demo', pageUid: 'demo-page' }
