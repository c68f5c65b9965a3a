export interface Fuzzer {
  name: string;
  program: string;
}
export function fuzzers(): Fuzzer[];
export function runFuzzer(
  fuzzer: Fuzzer,
  seconds: number,
): Promise<{ executions: number; seen: number; of: number; found: string | null }>;
