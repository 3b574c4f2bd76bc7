/**
 * A gateway before the tests' Temporal server, as companies and Temporal Cloud have one: TLS, a client certificate, an API key.
 * It hands on each call as it came (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createSecureServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';

/** The path of a file in PEM, by its content. */
export interface Certificates {
  readonly ca: string;
  readonly server: string;
  readonly serverKey: string;
  readonly client: string;
  readonly clientKey: string;
  /** Not signed by an authority that the gateway trusts. */
  readonly stranger: string;
  readonly strangerKey: string;
}

/** The name in the server's certificate; the gateway is called by its IP address. */
export const gatewayName = 'temporal.test';

/** Makes an authority and its certificates. @param folder the files are written there */
export function makeCertificates(folder: string): Certificates {
  const file = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const selfSigned = (name: string) =>
    openssl('req', '-x509', ...newKey, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`);
  const signed = (name: string, extensions: string) => {
    openssl('req', ...newKey.slice(0, -2), '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    writeFileSync(file(`${name}.ext`), extensions);
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
  };
  selfSigned('ca');
  selfSigned('stranger');
  signed('server', `subjectAltName=DNS:${gatewayName}\nextendedKeyUsage=serverAuth\n`);
  signed('client', 'extendedKeyUsage=clientAuth\n');
  return {
    ca: file('ca.pem'),
    server: file('server.pem'),
    serverKey: file('server.key'),
    client: file('client.pem'),
    clientKey: file('client.key'),
    stranger: file('stranger.pem'),
    strangerKey: file('stranger.key'),
  };
}

/** Status codes of gRPC (https://grpc.io/docs/guides/status-codes/). */
const unauthenticated = '16';

/**
 * @param target host and port of a Temporal server in the clear
 * @param apiKey the key that each call has to have
 */
export async function startTemporalGateway(target: string, certificates: Certificates, apiKey: string) {
  const upstream = connect(`http://${target}`);
  upstream.setMaxListeners(0);
  const server = createSecureServer({
    cert: readFileSync(certificates.server),
    key: readFileSync(certificates.serverKey),
    ca: readFileSync(certificates.ca),
    requestCert: true,
    rejectUnauthorized: true,
  });
  const sockets = new Set<Socket>();
  let calls = 0;
  server.on('secureConnection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    if (headers['authorization'] !== `Bearer ${apiKey}`) {
      const refusal = { 'grpc-status': unauthenticated, 'grpc-message': 'the API key is not valid' };
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...refusal }, { endStream: true });
      return;
    }
    calls += 1;
    handOn(stream, headers);
  });

  const handOn = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const call = upstream.request({ ...headers, ':authority': target, ':scheme': 'http' });
    call.on('error', () => stream.close());
    stream.on('close', () => call.close());
    let trailers: IncomingHttpHeaders = {};
    call.on('trailers', (ones: IncomingHttpHeaders) => (trailers = ones));
    call.on('response', (answer, flags) => {
      const { ':status': status, ...rest } = answer;
      // An answer of headers alone has no body and no trailers.
      const isWhole = (flags & endOfStream) !== 0;
      if (stream.destroyed) return;
      stream.respond({ ':status': status, ...rest }, isWhole ? { endStream: true } : { waitForTrailers: true });
      if (isWhole) return;
      stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      call.pipe(stream);
    });
    stream.pipe(call);
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How many calls were handed on. */
    calls: () => calls,
    async stop() {
      upstream.destroy();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The flag END_STREAM of a frame (RFC 9113, section 6.2). */
const endOfStream = 0x1;
