import { defaultCacheDir } from '../../src/dev/cache-dir';

describe('The cache folder', () => {
  it('is in XDG_CACHE_HOME', () => {
    expect(defaultCacheDir({ XDG_CACHE_HOME: '/var/cache/ada', HOME: '/home/ada' }, 'linux')).toBe(
      '/var/cache/ada/portage',
    );
  });

  it('ignores a relative XDG_CACHE_HOME, as the specification asks', () => {
    expect(defaultCacheDir({ XDG_CACHE_HOME: 'cache', HOME: '/home/ada' }, 'linux')).toBe('/home/ada/.cache/portage');
  });

  it('follows the custom of the platform', () => {
    expect(defaultCacheDir({ HOME: '/home/ada' }, 'linux')).toBe('/home/ada/.cache/portage');
    expect(defaultCacheDir({ HOME: '/Users/ada' }, 'darwin')).toBe('/Users/ada/Library/Caches/portage');
  });
});
