/** Errors of the pretend Cloud Storage, as XML. */
import { Refusal, textReply } from '../http/reply';

export function storageError(status: number, code: string, message: string): Refusal {
  const xml = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return new Refusal(textReply(status, 'application/xml; charset=UTF-8', xml));
}
