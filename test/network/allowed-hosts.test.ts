// Which download links are followed: Google's, the emulator's, and no other (docs/known-defects.md D45).
import { checkLink, objectHash } from '../../src/network/allowed-hosts';
import { PortageError } from '../../src/domain/error-codes';

const emulator = 'http://127.0.0.1:8085';

describe('a download link that is followed', () => {
  it.each([
    'https://storage.googleapis.com/bucket/part-1.zip?X-Goog-Signature=abc',
    'https://storage.googleapis.com:443/bucket/part-1.zip',
    'https://bucket.storage.googleapis.com/part-1.zip',
    'https://dotted.bucket_name.storage.googleapis.com/part-1.zip',
    'https://00e9e64bac-apidata.googleusercontent.com/download/storage/v1/b/bucket/o/part-1.zip',
    'HTTPS://STORAGE.GOOGLEAPIS.COM/bucket/part-1.zip',
  ])('is %s', (link) => {
    expect(checkLink(link, undefined).href).toBe(new URL(link).href);
    expect(checkLink(link, emulator).href).toBe(new URL(link).href);
  });

  it('is one of the emulator’s, over plain http, only where an emulator is configured', () => {
    const link = `${emulator}/download-storage/bucket/part-1.zip?X-Goog-Signature=abc`;
    expect(checkLink(link, emulator).href).toBe(link);
    expect(() => checkLink(link, undefined)).toThrow(PortageError);
  });
});

describe('a download link that is refused', () => {
  it.each([
    ['plain http', 'http://storage.googleapis.com/bucket/part-1.zip'],
    ['another scheme', 'ftp://storage.googleapis.com/bucket/part-1.zip'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:application/zip;base64,UEsDBA=='],
    ['another port', 'https://storage.googleapis.com:8443/bucket/part-1.zip'],
    ['a name in it', 'https://who@storage.googleapis.com/bucket/part-1.zip'],
    ['a name and a password in it', 'https://who:secret@storage.googleapis.com/bucket/part-1.zip'],
    ['a password only', 'https://:secret@storage.googleapis.com/bucket/part-1.zip'],
    ['another host', 'https://example.com/storage.googleapis.com'],
    ['Google’s host as a subdomain', 'https://storage.googleapis.com.example.com/part-1.zip'],
    ['Google’s host as a name', 'https://storage.googleapis.com@example.com/part-1.zip'],
    ['Google’s host as a path', 'https://example.com/https://storage.googleapis.com/part-1.zip'],
    ['a look-alike without its dot', 'https://evilstorage.googleapis.com/part-1.zip'],
    ['a look-alike ending', 'https://storage.googleapis.com.evil/part-1.zip'],
    ['a look-alike letter', 'https://storage.g\u043E\u043Egleapis.com/part-1.zip'],
    ['the bare user-content domain', 'https://googleusercontent.com/part-1.zip'],
    ['a user-content host that is not of Cloud Storage', 'https://lh3.googleusercontent.com/part-1.zip'],
    ['a user-content host of scripts', 'https://script.googleusercontent.com/part-1.zip'],
    ['a deep user-content domain', 'https://a.b.googleusercontent.com.example.com/part-1.zip'],
    ['another of Google’s services', 'https://www.googleapis.com/part-1.zip'],
    ['the metadata service', 'http://169.254.169.254/computeMetadata/v1/'],
    ['this machine', 'https://127.0.0.1/part-1.zip'],
    ['this machine in IPv6', 'https://[::1]/part-1.zip'],
    ['this machine by name', 'https://localhost/part-1.zip'],
    ['a host with a final dot', 'https://storage.googleapis.com./bucket/part-1.zip'],
    ['no URL', 'not a link'],
    ['nothing', ''],
    ['the emulator on another port', 'http://127.0.0.1:8086/part-1.zip'],
    ['the emulator by another name', 'http://localhost:8085/part-1.zip'],
    ['the emulator by https', 'https://127.0.0.1:8085/part-1.zip'],
    ['the emulator’s address as a name', 'http://127.0.0.1:8085@example.com/part-1.zip'],
  ])('has %s', (_what, link) => {
    for (const origin of [undefined, emulator]) {
      expect(() => checkLink(link, origin)).toThrow(expect.objectContaining({ code: 'LINK_NOT_ALLOWED' }) as Error);
    }
  });

  it('is not shown in the error beyond its host', () => {
    const attempt = () => checkLink('https://example.com/private?X-Goog-Signature=0badc0ffee', undefined);
    expect(attempt).toThrow(/example\.com$/);
    expect(attempt).not.toThrow(/private|0badc0ffee/);
  });
});

describe('the hash of an object', () => {
  const hash = (link: string) => objectHash(new URL(link));

  it('is the same for every signature of it', () => {
    const [one, two] = ['a', 'b'].map((signature) =>
      hash(
        `https://storage.googleapis.com/bucket/part-1.zip?X-Goog-Date=20260301T093000Z&X-Goog-Signature=${signature}`,
      ),
    );
    expect(one).toBe(two);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs between objects, buckets and hosts', () => {
    const links = [
      'https://storage.googleapis.com/bucket/part-1.zip',
      'https://storage.googleapis.com/bucket/part-2.zip',
      'https://storage.googleapis.com/another/part-1.zip',
      'https://bucket.storage.googleapis.com/part-1.zip',
    ];
    expect(new Set(links.map(hash)).size).toBe(links.length);
  });
});
