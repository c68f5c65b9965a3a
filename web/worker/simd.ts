// Whether WebAssembly has its 128-bit SIMD here: not before Chrome 91, Firefox 89 and Safari 16.4, nor on x86 without SSE4.1.

/** (module (func (result v128) i32.const 0 i8x16.splat i8x16.popcnt)) */
const PROBE = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123],
  ...[3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
]);

export function hasSimd(): boolean {
  return WebAssembly.validate(PROBE);
}
