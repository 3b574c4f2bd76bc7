/** Texts that are written as bytes at once are those that JSON.stringify and the canonical form of a tape give. */
import fc from 'fast-check';

import { pastPlainWords, viewOf } from '../../../src/records/formats/byte-words';
import type { JsonObject } from '../../../src/records/formats/json';
import { CanonicalTape, JsonBytes } from '../../../src/records/store/canonical';
import { FlatObject } from '../../../src/records/store/flat-object';
import { mostMemberBytes, writeMembers } from '../../../src/records/store/json-text';

const letter = fc.oneof(
  fc.constantFrom('a', '"', '\\', '\n', '\u0001', '\u007f', 'é', '\u0300', '語', '😀', '\ud83d', '\u2028'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc
  .oneof(fc.array(letter, { maxLength: 12 }), fc.array(fc.constantFrom('a', 'b', '"', '\\'), { maxLength: 6 }))
  .chain((letters) => fc.constantFrom(1, 1, 1, 40).map((times) => letters.join('').repeat(times)));
const name = fc.oneof(fc.constantFrom('title', 'url', 'naïve', '1', '\u212b'), text);
const row = fc.dictionary(name, text, { maxKeys: 6 });

it('writes objects of strings as their tape does, whatever objects came before', () => {
  const flat = new FlatObject();
  const bytes = new JsonBytes();
  const withouts = [[], ['url'], ['title', 'naïve']];
  fc.assert(
    fc.property(row, fc.constantFrom(...withouts), (data, without) => {
      const tape = new CanonicalTape().of(bytes.read(JSON.stringify(data)), without);
      expect(flat.take(data, without)).toBe(true);
      const [own, expected] = [flat, tape].map((canonical) => {
        const out = Buffer.alloc(canonical.mostBytes);
        const end = canonical.write(out, 0);
        const rest = Buffer.alloc(canonical.mostBytes);
        return [out.toString('utf8', 0, end), rest.toString('utf8', 0, canonical.writeRest(rest, 0))];
      });
      expect(own).toEqual(expected);
      // Letters that have one form only need no second look.
      if (!flat.mayBeDecomposed) expect(own?.[0]).toBe(own?.[0]?.normalize('NFC'));
    }),
  );
});

it('leaves objects with other values, and long ones, to the tape', () => {
  const flat = new FlatObject();
  const others: JsonObject[] = [{ a: 1 }, { a: null }, { a: ['b'] }, { a: { b: 'c' } }, { a: 'b'.repeat(20_000) }];
  for (const data of others) expect(flat.take(data, [])).toBe(false);
});

it('writes members as JSON.stringify does', () => {
  const value = fc.oneof(text, row, fc.boolean(), fc.double(), fc.constant(null), fc.array(fc.oneof(text, row)));
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 4 }), (drawn) => {
      const object = drawn as JsonObject;
      const out = Buffer.alloc(mostMemberBytes(object) + 1);
      const members = out.toString('utf8', 0, writeMembers(object, out, 0));
      expect(`{${members.slice(1)}}`).toBe(JSON.stringify(object));
    }),
  );
});

it('stops before the first four bytes of which one needs a look', () => {
  const needsLook = (byte: number) => byte < 0x20 || byte >= 0x80 || byte === 0x22 || byte === 0x5c;
  const byte = fc.oneof(fc.integer({ min: 0x20, max: 0x7f }), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 24 }), fc.nat(8), (drawn, from) => {
      const source = Buffer.from([...Buffer.alloc(from), ...drawn]);
      let expected = from;
      while (expected + 4 <= source.length && !source.subarray(expected, expected + 4).some(needsLook)) expected += 4;
      expect(pastPlainWords(viewOf(source), from)).toBe(expected);
    }),
  );
});
