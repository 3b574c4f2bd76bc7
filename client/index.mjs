// The entry for `import`. One build serves both module systems, so that `instanceof PortageApiError` holds in either.
export * from './dist/index.js';
