/** The installation as the Tax Authority's developer portal registered it. */
export interface RegisteredClient {
  clientId: string
  /** Without a slash at its end, as `https://openapi.taxes.gov.il/shaam/production`. */
  oauthUrl: string
}

/** Where somebody of the business signs in at the authority's and consents; what comes back carries `state`. */
export function consentUrl({ clientId, oauthUrl }: RegisteredClient, { state, redirectUri }: { state: string; redirectUri: string }): string {
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, scope: 'scope', redirect_uri: redirectUri, state })
  return `${oauthUrl}/longtimetoken/oauth2/authorize?${query}`
}

/** Where consents come back to: a page of the desk, which hands them on. */
export const consentPage = (publicUrl: string): string => `${publicUrl.replace(/\/+$/, '')}/settings/tax-authority`
