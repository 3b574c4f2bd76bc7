// The resources of the Data Portability API and their scopes (docs/google-api.md §9, §12).
import {
  resources,
  resourcesOf,
  resourceTitle,
  scopeOf,
  scopePrefix,
  supportsTimeFilter,
} from '../../src/domain/resources';

const all = [...resources.values()];

describe('the known resources', () => {
  it('are the 75 that Google names, each once', () => {
    expect(resources.size).toBe(75);
    expect(new Set(all.map(({ title }) => title)).size).toBe(75);
  });

  it('are named in the way of Google’s scopes', () => {
    for (const { name, title, service } of all) {
      expect(name).toMatch(/^[a-z_]+(\.[a-z_]+)+$/);
      expect(title).not.toBe('');
      expect(service).not.toBe('');
    }
  });

  it('accept a time filter only where Google documents it (docs/known-defects.md D29)', () => {
    expect(all.filter((resource) => resource.supportsTimeFilter === true).map(({ name }) => name)).toEqual([
      'chrome.history',
      'myactivity.maps',
      'myactivity.myadcenter',
      'myactivity.play',
      'myactivity.search',
      'myactivity.shopping',
      'myactivity.youtube',
    ]);
  });

  it('leave the time filter open where nothing is documented', () => {
    expect(all.filter((resource) => resource.supportsTimeFilter === null).map(({ name }) => name)).toEqual([
      'nest.camera_event',
      'nest.camera_feature',
      'nest.camera_video',
      'nest.store',
      'nest.user',
      'pixel.device_data',
      'youtube.conversations',
    ]);
  });

  it('hold every restricted one', () => {
    const restricted =
      'businessmessaging.conversations fitbit.device_events mymaps.maps play.purchases chrome.autofill chrome.bookmarks ' +
      'chrome.history maps.aliased_places maps.commute_routes maps.starred_places myactivity.maps myactivity.play ' +
      'myactivity.search myactivity.shopping myactivity.youtube youtube.channel youtube.private_videos';
    expect(restricted.split(' ').filter((name) => !resources.has(name))).toEqual([]);
  });

  it('do not contain resources that the API lacks (docs/known-defects.md D25)', () => {
    for (const name of ['maps.timeline', 'YOUTUBE_VIDEOS', 'photos.albums']) expect(resources.has(name)).toBe(false);
  });
});

describe('a resource', () => {
  it('is one scope, and a scope one resource', () => {
    expect(scopeOf('myactivity.search')).toBe('https://www.googleapis.com/auth/dataportability.myactivity.search');
    const names = [...resources.keys()];
    expect(resourcesOf(names.map(scopeOf).join(' '))).toEqual(names);
  });

  it('is not read from foreign scopes, and an unknown one of Google’s is kept', () => {
    const scope = `openid ${scopePrefix}chrome.history  https://www.googleapis.com/auth/drive ${scopePrefix}new.one`;
    expect(resourcesOf(scope)).toEqual(['chrome.history', 'new.one']);
    expect(resourcesOf('')).toEqual([]);
  });

  it('D29: counts as filterable only when that is known', () => {
    expect(supportsTimeFilter('chrome.history')).toBe(true);
    for (const name of ['chrome.bookmarks', 'nest.user', 'new.one']) expect(supportsTimeFilter(name)).toBe(false);
  });

  it('has a title, which for one that an operator added is its name', () => {
    expect(resourceTitle('chrome.history')).toBe('Browsing history');
    expect(resourceTitle('new.one')).toBe('new.one');
  });
});
