/** How Temporal is reached, and what proves each side to the other. */

/** PEM texts, as TLS reads them. */
export interface TemporalTls {
  /** Signs the server's certificate; undefined leaves that to the authorities that this machine trusts. */
  readonly serverCa: Buffer | undefined;
  /** What this side shows to a server that asks for it (mTLS). */
  readonly client: { readonly certificate: Buffer; readonly key: Buffer } | undefined;
  /** The name in the server's certificate, where it is not the host of the address. */
  readonly serverName: string | undefined;
}

export interface TemporalAccess {
  /** Host and port. */
  readonly address: string;
  /** Undefined sends everything in the clear. */
  readonly tls: TemporalTls | undefined;
  /** The API key that is sent with every call; Temporal Cloud requires it. */
  readonly apiKey: string | undefined;
}

/** @returns what the SDK's connections take: the client's and the worker's take the same */
export function connectionOptions({ address, tls, apiKey }: TemporalAccess) {
  return {
    address,
    ...(tls === undefined ? {} : { tls: tlsOptions(tls) }),
    ...(apiKey === undefined ? {} : { apiKey }),
  };
}

function tlsOptions({ serverCa, client, serverName }: TemporalTls) {
  return {
    ...(serverCa === undefined ? {} : { serverRootCACertificate: serverCa }),
    ...(client === undefined ? {} : { clientCertPair: { crt: client.certificate, key: client.key } }),
    ...(serverName === undefined ? {} : { serverNameOverride: serverName }),
  };
}
