/** The variables for the connection to Temporal, named as in Temporal's own tools, and the checks that span several. */
import { createPrivateKey, X509Certificate } from 'node:crypto';

import type { TemporalAccess, TemporalTls } from '../temporal/connection-options';
import type { Values } from './variables';

type TemporalValues = Pick<
  Values,
  | 'TEMPORAL_ADDRESS'
  | 'TEMPORAL_TLS'
  | 'TEMPORAL_TLS_SERVER_CA_CERT_PATH'
  | 'TEMPORAL_TLS_CLIENT_CERT_PATH'
  | 'TEMPORAL_TLS_CLIENT_KEY_PATH'
  | 'TEMPORAL_TLS_SERVER_NAME'
  | 'TEMPORAL_API_KEY'
>;

const tlsSettings = [
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_SERVER_NAME',
  'TEMPORAL_API_KEY',
] as const;

/** Contradictory values. */
export function temporalContradictions(v: TemporalValues): string[] {
  const faults: string[] = [];
  const certificate = v.TEMPORAL_TLS_CLIENT_CERT_PATH;
  const key = v.TEMPORAL_TLS_CLIENT_KEY_PATH;
  // The fault of a file that could not be read is already reported, and its value is missing here.
  const areRead = Object.hasOwn(v, 'TEMPORAL_TLS_CLIENT_CERT_PATH') && Object.hasOwn(v, 'TEMPORAL_TLS_CLIENT_KEY_PATH');
  if (areRead && (certificate === undefined) !== (key === undefined)) {
    faults.push('TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH belong together; set both or neither');
  }
  if (certificate !== undefined && key !== undefined && !belongTogether(certificate, key)) {
    faults.push(
      'TEMPORAL_TLS_CLIENT_KEY_PATH names a key that does not belong to the certificate in ' +
        'TEMPORAL_TLS_CLIENT_CERT_PATH; name the files of one pair',
    );
  }
  if (v.TEMPORAL_TLS === 'false') {
    for (const name of tlsSettings.filter((one) => v[one] !== undefined)) {
      faults.push(`${name} needs TLS, and TEMPORAL_TLS is "false"; unset one of them`);
    }
  }
  return faults;
}

/** TLS is used when it is set, or when a setting is present that applies to TLS only. */
export function temporalAccessOf(v: TemporalValues): TemporalAccess {
  const usesTls = v.TEMPORAL_TLS === 'true' || tlsSettings.some((name) => v[name] !== undefined);
  return { address: v.TEMPORAL_ADDRESS, tls: usesTls ? tlsOf(v) : undefined, apiKey: v.TEMPORAL_API_KEY };
}

function tlsOf(v: TemporalValues): TemporalTls {
  const certificate = v.TEMPORAL_TLS_CLIENT_CERT_PATH;
  const key = v.TEMPORAL_TLS_CLIENT_KEY_PATH;
  return Object.freeze({
    serverCa: v.TEMPORAL_TLS_SERVER_CA_CERT_PATH,
    client: certificate === undefined || key === undefined ? undefined : Object.freeze({ certificate, key }),
    serverName: v.TEMPORAL_TLS_SERVER_NAME,
  });
}

function belongTogether(certificate: Buffer, key: Buffer): boolean {
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}
