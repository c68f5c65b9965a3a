// Which instructions a WebAssembly module contains: its code section, read instruction by instruction.

export const TRY = 0x06;
/** Both belong to the encoding with exnref. */
export const THROW_REF = 0x0a;
export const TRY_TABLE = 0x1f;

const CODE_SECTION = 10;

export function opcodesOf(module: Uint8Array): Set<number> {
  const in_ = new Reader(module, 8);
  while (in_.at < module.length) {
    const section = in_.byte();
    const size = in_.leb();
    if (section === CODE_SECTION) return bodies(in_);
    in_.at += size;
  }
  return new Set();
}

function bodies(in_: Reader): Set<number> {
  const found = new Set<number>();
  for (let left = in_.leb(); left > 0; left--) {
    const size = in_.leb();
    const end = in_.at + size;
    for (let locals = in_.leb(); locals > 0; locals--) in_.lebs(2);
    while (in_.at < end) {
      const opcode = in_.byte();
      found.add(opcode);
      skipImmediates(opcode, in_);
    }
    if (in_.at !== end) throw new Error(`an instruction ends behind its function at ${end}`);
  }
  return found;
}

class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  byte(): number {
    return this.bytes[this.at++]!;
  }
  /** Exact below 2^32; longer ones are only passed over. */
  leb(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  lebs(count: number): void {
    for (let i = 0; i < count; i++) this.leb();
  }
}

const within = (value: number, first: number, last: number) => value >= first && value <= last;

function skipImmediates(opcode: number, in_: Reader): void {
  if (opcode === 0x0e) in_.lebs(in_.leb() + 1);
  else if (opcode === 0x1c) in_.lebs(in_.leb());
  else if (opcode === TRY_TABLE) {
    in_.leb();
    for (let clauses = in_.leb(); clauses > 0; clauses--) in_.lebs(in_.byte() < 2 ? 2 : 1);
  } else if (opcode === 0x43) in_.at += 4;
  else if (opcode === 0x44) in_.at += 8;
  else if (opcode === 0xfc) in_.lebs(bulkImmediates(in_.leb()));
  else if (opcode === 0xfd) skipVectorImmediates(in_.leb(), in_);
  else in_.lebs(plainImmediates(opcode));
}

/** How many numbers follow; what is not listed has none. */
function plainImmediates(opcode: number): number {
  if (opcode === 0x11 || opcode === 0x13 || within(opcode, 0x28, 0x3e)) return 2;
  const blocks = within(opcode, 0x02, 0x04) || within(opcode, TRY, 0x09) || opcode === 0x18;
  const jumps = [0x0c, 0x0d, 0x10, 0x12].includes(opcode);
  const places = within(opcode, 0x20, 0x26) || within(opcode, 0x3f, 0x42);
  if (within(opcode, 0xd3, 0xfb)) throw new Error(`an unknown instruction ${opcode}`);
  return blocks || jumps || places || opcode === 0xd0 || opcode === 0xd2 ? 1 : 0;
}

function bulkImmediates(operation: number): number {
  if (operation < 8) return 0;
  return [8, 10, 12, 14].includes(operation) ? 2 : 1;
}

function skipVectorImmediates(operation: number, in_: Reader): void {
  if (operation === 12 || operation === 13) in_.at += 16;
  else if (within(operation, 21, 34)) in_.at += 1;
  else if (operation <= 11 || operation === 92 || operation === 93) in_.lebs(2);
  else if (within(operation, 84, 91)) {
    in_.lebs(2);
    in_.at += 1;
  }
}
