/** The account at the stand-in provider that all senders of the benchmark use. */
export const account = { sid: `AC${'0'.repeat(31)}1`, token: 'token-of-the-bench', sender: '+972559570100' }
