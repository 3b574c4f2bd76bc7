/** Computes the checksum of joined bytes from the checksums of their pieces, so that 50 GB need not be read for it. */

/** Reflected polynomials of CRC-32 (ZIP) and CRC-32C (Cloud Storage). */
export const polynomials = { crc32: 0xedb88320, crc32c: 0x82f63b78 } as const;

export type CrcKind = keyof typeof polynomials;

type Matrix = readonly number[];

function times(matrix: Matrix, vector: number): number {
  let sum = 0;
  for (let bit = 0; vector !== 0; bit += 1, vector >>>= 1) if ((vector & 1) !== 0) sum ^= matrix[bit] ?? 0;
  return sum;
}

const square = (matrix: Matrix): Matrix => matrix.map((row) => times(matrix, row));

function product(left: Matrix, right: Matrix): Matrix {
  return right.map((row) => times(left, row));
}

/** Powers of two of the operator that moves a checksum over one zero byte, by kind. */
const powers: Record<CrcKind, Matrix[]> = { crc32: [], crc32c: [] };

function power(kind: CrcKind, exponent: number): Matrix {
  const known = powers[kind];
  if (known.length === 0) {
    const bit: Matrix = [polynomials[kind], ...Array.from({ length: 31 }, (_, index) => 2 ** index)];
    known.push(square(square(square(bit))));
  }
  for (let next = known.length; next <= exponent; next += 1) known.push(square(known[next - 1] ?? []));
  return known[exponent] ?? [];
}

const identity: Matrix = Array.from({ length: 32 }, (_, index) => (1 << index) >>> 0);

/** A function that joins two checksums where the second belongs to `length` bytes. For many joins of one length. */
export function joinerFor(kind: CrcKind, length: number): (first: number, second: number) => number {
  let operator: Matrix = identity;
  for (let exponent = 0, rest = length; rest > 0; exponent += 1, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) operator = product(power(kind, exponent), operator);
  }
  return (first, second) => (times(operator, first) ^ second) >>> 0;
}

/** The checksum of A followed by B, from the checksums of A and B and the length of B in bytes. For a single join. */
export function joinCrc(kind: CrcKind, first: number, second: number, secondLength: number): number {
  let moved = first;
  for (let exponent = 0, rest = secondLength; rest > 0; exponent += 1, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) moved = times(power(kind, exponent), moved);
  }
  return (moved ^ second) >>> 0;
}
