/** The scopes of API keys. */
export const apiKeyScopes = ['connect', 'read', 'manage', 'admin'] as const;

/**
 * `connect`: make, confirm and show connect sessions; `read`: consents, exports, parts and records; `manage`:
 * everything that changes consents and exports; `admin`: all of these, and the API keys of the host app.
 */
export type ApiKeyScope = (typeof apiKeyScopes)[number];

/** The scopes of a key for which none are named: enough to connect users and to fetch their data. */
export const usualScopes: readonly ApiKeyScope[] = ['connect', 'read'];

export function isApiKeyScope(value: string): value is ApiKeyScope {
  return (apiKeyScopes as readonly string[]).includes(value);
}

/** Whether a key with these scopes has the scope `needed`. */
export function hasScope(scopes: readonly ApiKeyScope[], needed: ApiKeyScope): boolean {
  return scopes.includes(needed) || scopes.includes('admin');
}
