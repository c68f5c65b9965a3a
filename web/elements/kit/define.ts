// Registers a custom element. A page may load Ziffer twice, from two addresses or in two versions: the first serves both, since a
// name can be given only once, and the console says whose it is.

/** Put in by the build. */
declare const ZIFFER_VERSION: string;

/** Which Ziffer this is: the version in package.json. */
export const version = typeof ZIFFER_VERSION === 'string' ? ZIFFER_VERSION : 'unbuilt';

const own = `Ziffer ${version} (${import.meta.url})`;

/** The class that the page has under this name from now on: `element`, or who came first. */
export function define<T extends CustomElementConstructor>(name: string, element: T): T {
  const first = customElements.get(name) as (T & { from?: string }) | undefined;
  if (first) {
    const who = first.from ?? 'another script';
    console.warn(`<${name}> of ${who} serves this page. That of ${own} is not registered.`);
    return first;
  }
  customElements.define(name, Object.assign(element, { from: own }));
  return element;
}
