/** Links of Google's search, of Maps, and of advertisements. */
import { decodedLink, decodedText, parameterOf, type Link } from './link';
import type { LinkHosts, LinkMeaning, LinkObject } from './link-types';

const featureForm = /^0x[0-9a-f]{1,16}:0x([0-9a-f]{1,16})$/i;
const featureInPath = /!1s(0x[0-9a-f]{1,16}:0x[0-9a-f]{1,16})(?![0-9a-f])/i;
const cidForm = /^[1-9]\d{0,19}$/;
/** Only the beginning and the letters of a place id are documented. */
const placeForm = /^[A-Za-z0-9_-]{20,300}$/;
const productForm = /^[1-9]\d{0,19}$/;

export const googleHosts: LinkHosts = {
  'www.googleadservices.com': ({ path }) => (path === '/pagead/aclk' ? { isAd: true } : {}),
};

/** Google's own domains: `google.com`, and those of countries, such as `google.de`, `google.co.uk`, `google.com.br`. */
const googleDomain = /^(?:(www|maps)\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/;

/** @returns an empty meaning when the link's host is not one of Google's own domains */
export function meaningOnGoogleDomain(link: Link): LinkMeaning {
  const match = googleDomain.exec(link.host);
  if (match === null) return {};
  return match[1] === 'maps' ? mapsMeaning(link) : googleMeaning(link);
}

function googleMeaning(link: Link): LinkMeaning {
  const { path } = link;
  if (path === '/search') return productOrSearch(link);
  if (path === '/url') {
    const url = decodedLink(parameterOf(link, 'q') ?? parameterOf(link, 'url'));
    return url === undefined ? {} : { verb: 'visited', object: { url } };
  }
  if (path === '/aclk') return { isAd: true };
  if (path === '/imgres') {
    const url = decodedLink(parameterOf(link, 'imgrefurl'));
    return url === undefined ? {} : { object: { url } };
  }
  if (path.startsWith('/shopping/product/')) return product(path.split('/')[3] ?? '');
  if (path === '/maps' || path.startsWith('/maps/')) return mapsMeaning({ ...link, path: path.slice('/maps'.length) });
  return {};
}

/** A product that was opened from a search has the search's path, and its own parameters. */
function productOrSearch(link: Link): LinkMeaning {
  const products = parameterOf(link, 'prds');
  if (products !== undefined || parameterOf(link, 'ibp') === 'oshop') {
    return product(/(?:^|,)(?:productid|pid):(\d{1,20})(?:,|$)/.exec(decodedText(products) ?? '')?.[1] ?? '');
  }
  const written = parameterOf(link, 'q');
  if (written === undefined || written === '') return {};
  const query = decodedText(written);
  return { verb: 'searched', object: query === undefined ? {} : { query } };
}

function product(id: string): LinkMeaning {
  return { verb: 'viewed', object: productForm.test(id) ? { productId: id } : {} };
}

/** @param link its path is that below `/maps`, where it is not on a host of Maps' own */
function mapsMeaning(link: Link): LinkMeaning {
  const path = link.path.replace(/^\/maps(?=\/|$)/, '');
  if (path.startsWith('/dir/') || parameterOf(link, 'daddr') !== undefined) return { verb: 'routed' };
  if (path.startsWith('/search/')) {
    const query = decodedText(path.split('/')[2]) ?? decodedText(parameterOf(link, 'query'));
    if (query === undefined) return {};
    const placeId = parameterOf(link, 'query_place_id');
    return {
      verb: 'searched',
      object: { query, ...(placeId !== undefined && placeForm.test(placeId) && { placeId }) },
    };
  }
  if (path.startsWith('/@')) return { verb: 'viewed' };
  // The link does not show whether a place was searched or opened.
  return { object: place(link, path) };
}

function place(link: Link, path: string): LinkObject {
  const written = parameterOf(link, 'ftid');
  const featureId = written === undefined ? featureInPath.exec(path)?.[1] : decodedText(written);
  const cid = parameterOf(link, 'cid');
  const placeId = /^place_id:(.*)$/.exec(decodedText(parameterOf(link, 'q')) ?? '')?.[1];
  return {
    ...(featureId !== undefined && feature(featureId)),
    ...(cid !== undefined && cidForm.test(cid) && { cid }),
    ...(placeId !== undefined && placeForm.test(placeId) && { placeId }),
  };
}

function feature(featureId: string): LinkObject {
  const second = featureForm.exec(featureId)?.[1];
  if (second === undefined) return {};
  const cid = BigInt(`0x${second}`).toString();
  return { featureId: featureId.toLowerCase(), ...(cid !== '0' && { cid }) };
}
