/** A client of the AWS SDK for one bucket: how it waits, tries again and signs. */
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
    // A copy, because the SDK notes in it where it comes from, and the configuration is frozen.
    ...(credentials === undefined ? {} : { credentials: { ...credentials } }),
    forcePathStyle,
    // A second try is for a kept connection that the server had closed; waiting for a server is Temporal's business.
    maxAttempts: 2,
    // Every put carries a checksum of ours, and what is got is sealed.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Asking first would cost a connection for every object above 2 MiB.
    expectContinueHeader: false,
    requestHandler: { connectionTimeout: limits.connectMs, socketTimeout: limits.idleMs },
  });
  // A put's CRC32C tells what went wrong on its way, and the seal of its bytes what was done on purpose: a SHA-256 of them
  // in the signature, too, would be work for both sides (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
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
