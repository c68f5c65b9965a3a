// The last line of the API's border: whatever leaves it as an error is a ZifferError.
import { asZifferError } from '../protocol/errors.ts';

/** The function with its errors, thrown or rejected with, as ZifferErrors. What returns promises never throws. */
export function guarded<A extends unknown[], R>(call: (...args: A) => R) {
  return function (this: unknown, ...args: A): R {
    try {
      const result = call.apply(this, args);
      if (!(result instanceof Promise)) return result;
      return result.catch((error) => {
        throw asZifferError(error);
      }) as R;
    } catch (error) {
      throw asZifferError(error);
    }
  };
}

/** Guards every public method of a class. */
export function guardMethods(type: { readonly prototype: object }): void {
  const { prototype } = type;
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === 'constructor' || typeof property.value !== 'function') continue;
    const value = guarded(property.value);
    Object.defineProperty(prototype, name, { ...property, value });
  }
}
