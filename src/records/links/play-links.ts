/** Links of Google Play. */
import { decodedText, parameterOf, type Link } from './link';
import type { LinkHosts, LinkMeaning } from './link-types';

const packageForm = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)+$/;
const longestPackage = 255;

export const playHosts: LinkHosts = { 'play.google.com': playMeaning };

function playMeaning(link: Link): LinkMeaning {
  if (link.path === '/store/search') {
    const query = decodedText(parameterOf(link, 'q'));
    return query === undefined ? {} : { verb: 'searched', object: { query } };
  }
  if (link.path !== '/store/apps/details') return {};
  const packageName = parameterOf(link, 'id') ?? '';
  // Visited, installed, used: entries of all three have this link.
  return packageName.length <= longestPackage && packageForm.test(packageName) ? { object: { packageName } } : {};
}
