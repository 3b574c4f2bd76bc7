/** Links of YouTube and YouTube Music. */
import { beginningOf } from '../formats/byte-words';
import type { IdBytes } from '../formats/id-bytes';
import { decodedText, parameterOf, type Link } from './link';
import type { LinkHosts, LinkMeaning, Verb } from './link-types';

const videoForm = /^[A-Za-z0-9_-]{11}$/;
const channelForm = /^\/channel\/(UC[A-Za-z0-9_-]{22})(?:\/|$)/;
/** Watch later, likes, liked music; and lists whose type shows in their first two letters or more. */
const playlistForm = /^(?:WL|LL|LM|(?:PL|UU|LL|FL|RD|EC|OLAK5uy_)[A-Za-z0-9_-]{10,80})$/;
const videoPath = /^\/(?:shorts|live)\/([^/]*)\/?$/;

export const youtubeHosts: LinkHosts = {
  'youtube.com': youtubeMeaning,
  'www.youtube.com': youtubeMeaning,
  'm.youtube.com': youtubeMeaning,
  'youtu.be': shortLinkMeaning,
  'music.youtube.com': musicMeaning,
};

function youtubeMeaning(link: Link): LinkMeaning {
  if (link.path === '/results') return search(parameterOf(link, 'search_query'));
  return listOrChannel(link) ?? video(link, videoPath.exec(link.path)?.[1], 'watched');
}

/** How most links of My Activity begin: what follows is an id, so that the link need not be taken apart, which takes longer. */
export const videoStart = beginningOf('https://www.youtube.com/watch?v=');
export const channelStart = beginningOf('https://www.youtube.com/channel/');

/** @param id behind `videoStart` @returns undefined when it is not a video's */
export function plainVideo(id: IdBytes | undefined): LinkMeaning<IdBytes> | undefined {
  return id?.length === 11 ? { verb: 'watched', isVerbShared: true, object: { videoId: id } } : undefined;
}

/** @param id behind `channelStart`, or a name in place of one @returns undefined when there is neither */
export function plainChannel(id: IdBytes | undefined): LinkMeaning<IdBytes> | undefined {
  if (id === undefined) return undefined;
  return id.length === 24 && id.startsWith('UC') ? { object: { channelId: id } } : {};
}

function musicMeaning(link: Link): LinkMeaning {
  if (link.path === '/search') return search(parameterOf(link, 'q'));
  return listOrChannel(link) ?? video(link, undefined, 'listened');
}

function shortLinkMeaning(link: Link): LinkMeaning {
  return video(link, link.path.slice(1), 'watched');
}

function video(link: Link, inPath: string | undefined, verb: Verb): LinkMeaning {
  const videoId = link.path === '/watch' ? parameterOf(link, 'v') : inPath;
  if (videoId === undefined || !videoForm.test(videoId)) return {};
  // Likes, shares and additions to playlists have the link of their video too.
  const playlistId = playlistOf(link);
  return { verb, isVerbShared: true, object: playlistId === undefined ? { videoId } : { videoId, playlistId } };
}

/** The links do not show whether it was visited, subscribed to or saved. */
function listOrChannel(link: Link): LinkMeaning | undefined {
  if (link.path === '/watch') return undefined;
  if (link.path === '/playlist') {
    const playlistId = playlistOf(link);
    return playlistId === undefined ? {} : { object: { playlistId } };
  }
  const channelId = channelForm.exec(link.path)?.[1];
  return channelId === undefined ? undefined : { object: { channelId } };
}

function playlistOf(link: Link): string | undefined {
  const playlistId = parameterOf(link, 'list');
  return playlistId !== undefined && playlistForm.test(playlistId) ? playlistId : undefined;
}

function search(written: string | undefined): LinkMeaning {
  if (written === undefined || written === '') return {};
  const query = decodedText(written);
  return { verb: 'searched', object: query === undefined ? {} : { query } };
}
