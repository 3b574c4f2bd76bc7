/** The client: every operation as a method, and downloads to files. */
import { OperationCaller } from './caller';
import { downloadTo, type Downloaded } from './download';
import type { Input } from './operation-types';
import type { CallOptions } from './transport';

/**
 * Calls one Portage with one API key. Each operation of the API is a method under its name in the OpenAPI document, and
 * takes its parameters and the fields of its body in one object:
 * `portage.confirmConnectSession({ id, code, userId })`. A list is an async iterable of its items, a stream of records
 * one of its lines, which is read page by page.
 */
export class Portage extends OperationCaller {
  /**
   * Downloads a part to a file, continues after breaks, and checks the SHA-256 with which Portage stored it.
   *
   * @param file the path of the file; an existing one is replaced
   */
  async downloadPart(input: Input<'getPart'>, file: string, options: CallOptions = {}): Promise<Downloaded> {
    const { id, number } = input;
    const { parts } = await this.getExport({ id }, options);
    const sha256 = parts.find((part) => String(part.number) === String(number))?.sha256 ?? null;
    const open = (headers: Readonly<Record<string, string>>) =>
      this.request('getPart', input, { ...options, headers: { accept: '*/*', ...headers } });
    return downloadTo(file, { open, name: `part ${number} of ${id}`, sha256 });
  }

  /**
   * Downloads one member, unpacked, and continues after breaks. Portage checks the bytes while it sends a whole member.
   * It does not store the SHA-256 of a member; the returned one is that of the file.
   */
  async downloadMember(input: Input<'getMember'>, file: string, options: CallOptions = {}): Promise<Downloaded> {
    const open = (headers: Readonly<Record<string, string>>) =>
      this.request('getMember', input, { ...options, headers: { accept: '*/*', ...headers } });
    return downloadTo(file, { open, name: `member ${input.part}/${input.entry} of ${input.id}`, sha256: null });
  }
}
