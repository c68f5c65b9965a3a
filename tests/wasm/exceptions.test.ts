// Exceptions are encoded so that every engine that the site serves takes them: Node 20, Safari before 18.4 and Chrome before 137
// have no exnref.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { opcodesOf, THROW_REF, TRY, TRY_TABLE } from '../support/wasm_opcodes.ts';

const MODULES = ['wasm/ziffer-core', 'wasm-scalar/ziffer-core', 'wasm-scalar/ziffer-picture'];

it.each(MODULES)('%s catches exceptions without exnref', (name) => {
  const opcodes = opcodesOf(readFileSync(`build/${name}.wasm`));
  expect(opcodes).toContain(TRY);
  expect(opcodes).not.toContain(TRY_TABLE);
  expect(opcodes).not.toContain(THROW_REF);
});

it('an instruction of the other encoding is seen', () => {
  // (func (try_table (catch_all_ref 0) nop)) behind a constant that looks like one.
  const body = [0, 0x41, 0x1f, 0x1a, TRY_TABLE, 0x40, 1, 3, 0, 0x01, 0x0b, 0x0b];
  const code = [1, body.length, ...body];
  const module = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, code.length, ...code]);
  expect([...opcodesOf(module)]).toEqual([0x41, 0x1a, TRY_TABLE, 0x01, 0x0b]);
});
