/** G/schema-reference/nest, last updated 2026-03-11: formats and contents, no fields. */
import { anyJson, marked, media, type DocumentedFile, type DocumentedResource } from '../documented';

const described = (name: string): DocumentedFile => ({ name, path: /\.json$/, check: marked(anyJson) });

const files: Record<string, DocumentedFile[]> = {
  user: [described('Nest user.json')],
  store: [described('Nest store and Renew.json')],
  camera_event: [
    described('Nest camera events.json'),
    { name: 'Nest camera events/*.mp4', path: /\.mp4$/, check: media },
    { name: 'Nest camera events/*.jpg', path: /\.jpg$/, check: media },
  ],
  camera_feature: [described('Nest camera features.json')],
  camera_video: [{ name: 'Nest camera video/*.mp4', path: /\.mp4$/, check: media }],
};

export const nest: DocumentedResource[] = Object.entries(files).map(([name, own]) => ({
  resource: `nest.${name}`,
  page: 'nest',
  read: 'whole; names no fields',
  fields: name === 'camera_video' ? 'page' : 'invented',
  files: own,
}));
