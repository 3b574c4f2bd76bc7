/** What the vault binds the sealed secrets of webhook endpoints to. */
export const secretsPlace = (endpointId: string) => `webhook_endpoints/${endpointId}/secrets`;
export const formerSecretsPlace = (endpointId: string) => `webhook_endpoints/${endpointId}/former_secrets`;
