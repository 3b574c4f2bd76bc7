/**
 * Chats with businesses (docs/google-api.md §A9). The page `business_messaging` lists fields without their nesting: the
 * keys `messages` and `suggestions` are the emulator's.
 */
import { smallMediaFile } from './media-file';
import { jsonFile, type Producer } from './produce';
import type { Chance } from './random';
import { chanceOf, happenings, type Happening, type Subject } from './subject';
import { microseconds } from './times';

const businesses = ['Example Bistro', 'Bike Shop, Galway', 'Café Sánchez'];

const suggestion = (subject: Subject, chance: Chance) => ({
  display_text: chance.pick(subject.words.topics),
  secondary_text: chance.pick(subject.words.topics),
  display_icon: Buffer.from(chance.letters(24)).toString('base64'),
});

function message(subject: Subject, business: string, { at, chance }: Happening): Record<string, unknown> {
  return {
    timestamp_us: microseconds(at),
    sender: chance.happens(0.5) ? business : subject.account.name,
    content_type: 'TEXT',
    content: chance.pick(subject.words.topics),
    ...(chance.happens(0.2) && { suggestions: [suggestion(subject, chance), suggestion(subject, chance)] }),
    ...(chance.happens(0.2) && { locationInfos: 'NOT_SET' }),
  };
}

/** A message with a file; the name of the exported file is its only link to the message. */
function attachment(subject: Subject, number: number): { name: string; message: Record<string, unknown> } {
  const chance = chanceOf(subject, subject.resource, 'attachment', number);
  const name = `attachment-${number + 1}.${chance.pick(['jpg', 'png'])}`;
  const at = subject.calendar.startOf(subject.account.activeSinceDay) + number * 60_000;
  const facts = { timestamp_us: microseconds(at), sender: subject.account.name, content_type: 'MEDIA' };
  return { name, message: { ...facts, blob_id: chance.hex(32), export_file_name: name } };
}

export const businessMessaging: Producer = (subject) => {
  const sent = happenings(subject, subject.resource, [0, 1]);
  const attachments = Array.from({ length: subject.settings.mediaFiles }, (_, number) => attachment(subject, number));
  const conversations = businesses.map((title, index) => ({
    application: chanceOf(subject, subject.resource, title).pick(['GMM', 'GMB']),
    title,
    messages: [
      ...(index === 0 ? attachments.map(({ message: sentFile }) => sentFile) : []),
      ...sent
        .filter((_happening, number) => number % businesses.length === index)
        .map((happening) => message(subject, title, happening)),
    ],
  }));
  const files = attachments.map(({ name }) =>
    smallMediaFile(subject, `Chat attachment/${name}`, name.endsWith('.png') ? 'png' : 'jpg', name),
  );
  const history = jsonFile('Chat history/Chat history.json', conversations);
  return { service: 'BUSINESS_MESSAGING', folder: 'Business Messaging', files: [history, ...files] };
};
