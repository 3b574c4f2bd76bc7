/** How to connect to Temporal, and the credentials of each side. */

/** PEM texts, as TLS expects them. */
export interface TemporalTls {
  /**
   * The certificate of the authority that signs the server's certificate; undefined means the authorities that this
   * machine trusts.
   */
  readonly serverCa: Buffer | undefined;
  /** The certificate and key for a server that asks for them (mTLS). */
  readonly client: { readonly certificate: Buffer; readonly key: Buffer } | undefined;
  /** The name in the server's certificate, if it is not the host of the address. */
  readonly serverName: string | undefined;
}

export interface TemporalAccess {
  /** Host and port. */
  readonly address: string;
  /** Undefined sends everything unencrypted. */
  readonly tls: TemporalTls | undefined;
  /** The API key that is sent with every call; Temporal Cloud requires it. */
  readonly apiKey: string | undefined;
}

/** @returns the options of the SDK's connections: the client and the worker take the same */
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
