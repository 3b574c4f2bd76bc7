/** A client of the AWS SDK for one bucket: its timeouts, retries and signatures. */
import { S3Client } from '@aws-sdk/client-s3';

import type { Limits } from '../domain/timeouts';
import type { S3Location } from './location';

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** @param credentials without them, the AWS SDK looks in its usual places: variables, profile, the machine's role */
export function createS3Client(
  { region, endpoint, forcePathStyle }: S3Location,
  credentials: S3Credentials | undefined,
  limits: Limits['storage'],
): S3Client {
  const client = new S3Client({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    // A copy, because the SDK notes its origin in the object, and the configuration is frozen.
    ...(credentials === undefined ? {} : { credentials: { ...credentials } }),
    forcePathStyle,
    // The second try is for a kept connection that the server had closed; Temporal repeats calls while a server is
    // unavailable.
    maxAttempts: 2,
    // Portage adds a checksum to every put, and every object that it gets is sealed.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // An `Expect: 100-continue` would cost a connection for every object above 2 MiB.
    expectContinueHeader: false,
    requestHandler: { connectionTimeout: limits.connectMs, socketTimeout: limits.idleMs },
  });
  // A put's CRC32C detects errors of the transmission, and the seal detects deliberate changes: a SHA-256 of the bytes
  // in the signature, too, would be work for both sides
  // (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName === 'PutObjectCommand') {
          const { headers } = args.request as { headers: Record<string, string> };
          headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
        }
        return next(args);
      },
    { step: 'build' },
  );
  return client;
}
