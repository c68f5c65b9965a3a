// Which Ziffer this is: the version in package.json.

/** Put in by the build. */
declare const ZIFFER_VERSION: string;

export const version = typeof ZIFFER_VERSION === 'string' ? ZIFFER_VERSION : 'unbuilt';
