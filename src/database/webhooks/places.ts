/** The place to which the vault binds the sealed secrets of webhook endpoints. */
export const secretsPlace = (endpointId: string) => `webhook_endpoints/${endpointId}/secrets`;
export const formerSecretsPlace = (endpointId: string) => `webhook_endpoints/${endpointId}/former_secrets`;
